/** The README's commands exist, take the options that it gives them, and its links lead somewhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { collegium } from './support/collegium.ts'

const docs = readdirSync('docs')
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)
const pages = ['README.md', 'CONTRIBUTING.md', 'examples/heart/README.md', ...docs]
const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> })
  .scripts

/** The command lines in a page's `sh` and `console` blocks: continuations joined, comments and prompts removed. */
function commandsIn(page: string): string[] {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```(?:sh|console)\n(.*?)^```$/gms)]
  return blocks.flatMap(([, block = '']) =>
    block
      .replaceAll(/\\\n\s*/g, '')
      .split('\n')
      .map((line) =>
        line
          .replace(/(^|\s)#.*$/, '')
          .replace(/^\$ /, '')
          .trim(),
      )
      .filter((line) => line !== ''),
  )
}

/** Where our own command begins in a line, be it behind npx or a container's options. */
const ourCommand =
  /\bcollegium (?=(demo|simulate|coordinator|invite|run|client|student|journal|doctor|bench)\b)/

/** "run watch" and ["--out"] of "npx collegium run watch --out student/". */
function invocation(line: string) {
  const words = line.slice(line.search(ourCommand) + 'collegium '.length).split(/\s+/)
  const end = words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word))
  const options = words.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/, ''))
  return { words: end < 0 ? words : words.slice(0, end), options }
}

/** What `--help` says, asked once for each command. */
const asked = new Map<string, Promise<string>>()
function help(words: readonly string[]): Promise<string> {
  const key = words.join(' ')
  const known = asked.get(key) ?? collegium(...words, '--help').then(({ stdout }) => stdout)
  asked.set(key, known)
  return known
}

const lines = pages.flatMap((page) => commandsIn(page).map((line) => ({ page, line })))
/** The tutorial's are typed for real, by test/integration/tutorial.test.ts. */
const ours = lines.filter(({ page, line }) => !page.includes('tutorial') && ourCommand.test(line))

describe('commands in the documents', () => {
  it('are found', () => {
    expect(ours.length).toBeGreaterThan(8)
  })

  it.each([...new Set(ours.map(({ line }) => line))])('%s', async (line) => {
    const { words, options } = invocation(line)
    const text = await help(words)
    expect(text).toContain(`Usage: collegium ${words.join(' ')}`)
    for (const option of options) expect(text).toMatch(new RegExp(`(^|[ ,])${option}\\b`, 'm'))
  })

  it('name only scripts that package.json has', () => {
    const named = lines.flatMap(({ page, line }) => {
      const [, run, plain] = /^npm (?:run (?:-s )?([\w:]+)|(start|test)\b)/.exec(line) ?? []
      const script = run ?? plain
      return script === undefined ? [] : [{ page, script }]
    })
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter(({ script }) => scripts[script] === undefined)).toEqual([])
  })

  it('start with the two that a stranger types', () => {
    expect(commandsIn('README.md').slice(0, 2)).toEqual(['npm install', 'npm start'])
    expect(scripts['start']).toMatch(/cli\/main\.ts demo$/)
  })
})

describe('pictures in the README', () => {
  it('show the terminal as scripts/capture.ts has captured it', () => {
    const readme = readFileSync('README.md', 'utf8')
    const captured = readFileSync('docs/assets/terminal.txt', 'utf8')
    expect(readme).toContain(`<!-- terminal -->\n\n\`\`\`text\n${captured}\`\`\`\n\n<!-- /terminal -->\n`)
    expect(captured).not.toMatch(/#token=\w/)
  })
})

describe.each(pages)('links in %s', (page) => {
  it('lead to files that exist', () => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(
      ([, target = '']) => target,
    )
    const local = links.filter((target) => !/^[a-z]+:/.test(target))
    expect(local.filter((target) => !existsSync(path.join(path.dirname(page), target)))).toEqual([])
  })
})
