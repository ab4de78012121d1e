/**
 * Makes the README's two pictures from real runs of the demo, so that neither can drift from the product:
 *
 *     docs/assets/dashboard.png   the dashboard after the release (add --dark for dashboard-dark.png as well)
 *     docs/assets/terminal.txt    what `npm start -- --once` prints; README.md shows it between its two markers
 *
 *     node --conditions=source --import tsx scripts/capture.ts [--dark] [--only dashboard|terminal]
 *
 * Needs Chromium (CHROMIUM, or /usr/bin/chromium). The operator token is blotted out of what is kept.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters, parseArgs } from 'node:util'
import { chromium } from 'playwright-core'

const root = join(import.meta.dirname, '..')
const assets = join(root, 'docs', 'assets')
const patienceMs = 180_000

const { values: options } = parseArgs({ options: { dark: { type: 'boolean' }, only: { type: 'string' } } })

await mkdir(assets, { recursive: true })
if (options.only !== 'terminal') await captureDashboard(options.dark ? ['light', 'dark'] : ['light'])
if (options.only !== 'dashboard') await captureTerminal()

async function captureDashboard(schemes: readonly ('light' | 'dark')[]): Promise<void> {
  const demo = startDemo([])
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
    ],
  })
  try {
    const url = await demo.find(/https?:\/\/\S+#token=[\w-]+/)
    for (const colorScheme of schemes) {
      const page = await browser.newPage({
        viewport: { width: 1440, height: 900 },
        deviceScaleFactor: 2,
        colorScheme,
      })
      await page.goto(url)
      await page.locator('.arms').waitFor({ timeout: patienceMs })
      await page.getByText('released', { exact: true }).waitFor({ timeout: patienceMs })
      const name = colorScheme === 'dark' ? 'dashboard-dark.png' : 'dashboard.png'
      await page.screenshot({ path: join(assets, name), fullPage: true })
      await page.close()
      console.log(`docs/assets/${name}`)
    }
  } finally {
    await browser.close()
    await demo.stop()
  }
}

async function captureTerminal(): Promise<void> {
  const demo = startDemo(['--once'])
  const status = await demo.ended
  if (status !== 0) throw new Error(`The demo ended with status ${status}:\n${demo.output()}`)
  const lines = ['$ npm start -- --once', ...demo.output().trimEnd().split('\n')]
  const text = lines.map((line) => line.replace(/#token=[\w-]+/, '#token=…').trimEnd()).join('\n')
  await writeFile(join(assets, 'terminal.txt'), `${text}\n`)
  const readme = join(root, 'README.md')
  const marked = /(?<=<!-- terminal -->\n).*(?=<!-- \/terminal -->)/s
  await writeFile(
    readme,
    (await readFile(readme, 'utf8')).replace(marked, () => `\n\`\`\`text\n${text}\n\`\`\`\n\n`),
  )
  console.log('docs/assets/terminal.txt, README.md')
}

/** `npm start` in its own process group: the demo is six processes, and an interrupt must reach them all. */
function startDemo(args: readonly string[]) {
  const child: ChildProcess = spawn('npm', ['start', '--silent', '--', ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  let text = ''
  let wake = () => {}
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += stripVTControlCharacters(chunk)
      wake()
    })
  }
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (status) => {
      resolve(status)
      wake()
    })
  })
  const running = () => child.exitCode === null && child.signalCode === null
  return {
    ended,
    output: () => text,
    /** The first match in what the demo prints. */
    async find(pattern: RegExp): Promise<string> {
      for (;;) {
        const match = pattern.exec(text)
        if (match) return match[0]
        if (!running()) throw new Error(`The demo ended early:\n${text}`)
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
    async stop(): Promise<void> {
      if (running() && child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
      await ended
    },
  }
}
