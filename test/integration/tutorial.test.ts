/** Types what docs/tutorial-first-federation.md says, in its order, and gets what it promises. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile, symlink } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { tempFolder } from '../support/temp-folder.ts'

const main = path.resolve('cli/main.ts')
/** `npx collegium …` as it is before a build. */
const npx = `npx() { shift; '${process.execPath}' --conditions=source --import tsx '${main}' "$@"; }`
const page = readFileSync('docs/tutorial-first-federation.md', 'utf8')
const lines = [...page.matchAll(/^```sh\n(.*?)^```$/gms)]
  .flatMap(([, block = '']) => block.replaceAll(/\\\n\s*/g, '').split('\n'))
  .filter((line) => line !== '' && !line.startsWith('npm '))

/** A line in a shell of its own; `output` grows as it speaks. */
function type(line: string, cwd: string) {
  const shell = spawn('bash', ['-c', `${npx}; ${line}`], {
    cwd,
    detached: true, // a process group, so that the shell's children can be interrupted with it
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  let output = ''
  let heard = () => {}
  for (const stream of [shell.stdout, shell.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      heard()
    })
  const ended = new Promise<number | null>((resolve) =>
    shell.on('close', (status) => {
      resolve(status)
      heard()
    }),
  )
  onTestFinished(async () => {
    if (shell.exitCode === null && shell.pid !== undefined) process.kill(-shell.pid, 'SIGINT')
    await ended
  })
  const says = async (words: string) => {
    while (!output.includes(words)) {
      if (shell.exitCode !== null) throw new Error(`${line}\n${output}`)
      await new Promise<void>((resolve) => (heard = resolve))
    }
  }
  return { ended, says, output: () => output }
}

it('the tutorial, line by line', { timeout: 180_000 }, async () => {
  const cwd = await tempFolder()
  await symlink(path.resolve('node_modules'), path.join(cwd, 'node_modules'))
  const outputs = new Map<string, string>()
  for (const line of lines) {
    if (line.includes('coordinator start')) await type(`${line} --port 0`, cwd).says('dashboard')
    else if (line.includes('client start')) await type(line, cwd).says('connected, approved')
    else {
      const { ended, output } = type(line, cwd)
      if ((await ended) !== 0) throw new Error(`${line}\n${output()}`)
      outputs.set(/collegium (\w+ \w+)/.exec(line)?.[1] ?? line, output())
    }
  }
  expect(outputs.get('run watch')).toMatch(/^student +0\.\d+/m)
  expect(outputs.get('run watch')).toContain('answers are masked and only their sum is seen')
  expect(outputs.get('journal verify')).toMatch(/^intact: \d+ records/)
  expect(outputs.get('journal show')).toContain('teach')
  const predictions = await readFile(path.join(cwd, '.collegium/predictions.csv'), 'utf8')
  expect(predictions.trimEnd().split('\n')).toHaveLength(2001)
})
