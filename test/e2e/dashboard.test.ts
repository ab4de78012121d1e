/** The dashboard in a real browser, on the coordinator's real HTTP door and feed. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { CollegiumError } from '#proto/errors.ts'
import { hasChromium, howToGetChromium, launchBrowser } from './browser.ts'
import { faintTexts } from './contrast.ts'
import { operatorToken, startScriptedCoordinator, type ScriptedCoordinator } from './scripted-coordinator.ts'
import { life, site } from './snapshots.ts'

const dashboard = join(import.meta.dirname, '../../dashboard')

if (!hasChromium) console.warn(howToGetChromium)

it('has a browser wherever every test must run', () => {
  expect(hasChromium || process.env.CI !== 'true' ? 'ready' : howToGetChromium).toBe('ready')
})

// Every wait is for a condition; the limits are for a machine that is busy with much else.
describe.skipIf(!hasChromium)('the dashboard', { timeout: 90_000 }, () => {
  let dir: string
  let browser: Browser
  let coordinator: ScriptedCoordinator
  let context: BrowserContext
  let page: Page
  let requests: string[]
  const friends = new Set<string>()
  const strangers = new Set<string>()
  let complaints: string[]

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'collegium-dashboard-'))
    await build({ root: dashboard, build: { outDir: dir, emptyOutDir: true }, logLevel: 'error' })
    browser = await launchBrowser()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await rm(dir, { recursive: true, force: true })
  })

  beforeEach(async () => {
    coordinator = await startScriptedCoordinator(dir, life.waiting)
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    page = await context.newPage()
    page.setDefaultTimeout(30_000)
    requests = []
    complaints = []
    page.on('request', (request) => requests.push(request.url()))
    page.on('websocket', (socket) => requests.push(socket.url().replace(/^ws/, 'http')))
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
  })
  afterEach(async () => {
    for (const url of requests) (new URL(url).origin === coordinator.url ? friends : strangers).add(url)
    await context.close()
    await coordinator.stop()
  })

  const open = async (token = operatorToken) => {
    await page.goto(`${coordinator.url}/#token=${token}`)
  }
  const see = (text: string | RegExp) => page.getByText(text).first().waitFor()

  it('follows a run from the first question to the release', async () => {
    await open()
    await see('Riverside cohort')
    await see('answers are not masked')
    await see('No run yet')

    coordinator.show(life.asking)
    await see('2 of 5 answered')
    await see('training the teacher, epoch 12 of 60')
    expect(await page.locator('[aria-current=step]').innerText()).toContain('Asking')

    coordinator.show(life.distilling)
    // The 28th point of the scripted curve: 0.69 - 0.31 * (1 - exp(-28 / 12)) = 0.410.
    await page.getByRole('img', { name: 'Student loss: 0.410 after epoch 28' }).waitFor()

    coordinator.show(life.released)
    await see('student accuracy 0.866, best lone teacher 0.812')
    const models = await page.locator('.arms tbody th').allInnerTexts()
    expect(models.map((text) => text.split(/\s{2,}|\n/)[0]?.trim())).toHaveLength(9)
    expect(models[0]).toContain('student')
    expect(models.at(-1)).toContain('dune') // the weakest teacher, .737
    expect(complaints).toEqual([])
  })

  it('shows the figure that leads each of several targets', async () => {
    const arms = [
      { name: 'student', kind: 'student', metrics: { nll: 5, 'angina accuracy': 0.81, 'NT_pro rmse': 90 } },
      { name: 'north', kind: 'teacher', metrics: { nll: 6, 'angina accuracy': 0.74, 'NT_pro rmse': 80 } },
    ] as const
    const curve = life.released.run!.curve.map(({ round, epoch, loss }) => ({
      round,
      epoch,
      loss,
      nll: 8 * loss,
    }))
    await open()
    coordinator.show({
      ...life.released,
      federation: { ...life.released.federation, targets: ['angina', 'NT_pro'] },
      run: { ...life.released.run!, arms, curve },
    })
    await see('student at least as good as the best lone teacher on 1 of 2 targets')
    await see('targets angina, NT_pro')
    await page.getByRole('heading', { name: 'Student log-loss, all targets' }).waitFor()
    const columns = await page.locator('.arms thead th.number').allInnerTexts()
    expect(columns.map((text) => text.trim())).toEqual(['angina accuracy', 'NT_pro RMSE ↓', 'NLL ↓'])
    expect(complaints).toEqual([])
  })

  it('says why a run failed', async () => {
    await open()
    coordinator.show(life.failed)
    await see('2 of 5 sites answered before the deadline; 4 are needed.')
    expect(complaints).toEqual([])
  })

  it('keeps the token out of the address and works after a reload', async () => {
    await open()
    await see('Riverside cohort')
    expect(page.url()).toBe(`${coordinator.url}/`)
    coordinator.show(life.released)
    await see('student accuracy 0.866')
    await page.reload()
    await see('student accuracy 0.866')
    expect(complaints).toEqual([])
  })

  it('asks for the token when there is none or a wrong one, and takes the right one', async () => {
    await open('wrong')
    await see('This is not the operator token of this coordinator.')
    await page.getByLabel('Operator token').fill(operatorToken)
    await page.keyboard.press('Enter')
    await see('Riverside cohort')

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Operator token').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('approves a pending site, by keyboard too', async () => {
    await open()
    await page.getByRole('button', { name: 'Approve cedar' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => coordinator.deeds).toEqual(['approve cedar'])
  })

  it('revokes a site only when asked twice', async () => {
    await open()
    await page.getByRole('button', { name: 'Revoke aurora' }).click()
    const sure = page.getByRole('button', { name: 'Revoke aurora?' })
    await sure.press('Escape')
    expect(coordinator.deeds).toEqual([])
    await page.getByRole('button', { name: 'Revoke aurora' }).click()
    await sure.click()
    await expect.poll(() => coordinator.deeds).toEqual(['revoke aurora'])
  })

  it("starts a run, and shows the coordinator's refusal in its own words", async () => {
    await open()
    const start = page.getByRole('button', { name: 'Start a run' })
    coordinator.refuse(new CollegiumError('RUN_NO_SITES', '2 sites are approved; the threshold is 4.'))
    await start.click()
    await see('2 sites are approved; the threshold is 4.')
    const request = page.waitForRequest(`${coordinator.url}/api/runs`)
    await start.click()
    expect((await request).postData()).toBe('{}') // every setting is federation.yaml's
    await expect.poll(() => coordinator.deeds).toEqual(['run started'])
  })

  it('downloads a released file with the token', async () => {
    await open()
    coordinator.show(life.released)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download student.onnx' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('student.onnx')
    expect(await readFile(await file.path(), 'utf8')).toBe('run-1 student.onnx')
  })

  it('says when the coordinator is gone, and is live again when it is back', async () => {
    await open()
    await see('Riverside cohort')
    const { port } = coordinator
    await coordinator.stop()
    await see('The connection to the coordinator is lost')
    await see('Riverside cohort')
    coordinator = await startScriptedCoordinator(dir, life.released, port)
    await see('student accuracy 0.866')
    await expect.poll(() => page.getByText('is lost').count(), { timeout: 30_000 }).toBe(0)
  })

  it('works through a proxy that lets no WebSocket through', async () => {
    // As a browser sees it: the attempt fails a moment later.
    await page.addInitScript(
      'window.WebSocket = class { constructor() { setTimeout(() => this.onerror(new Event("error"))) } close() {} }',
    )
    await open()
    await see('Riverside cohort')
    coordinator.show(life.released)
    await see('student accuracy 0.866')
    expect(complaints).toEqual([])
  })

  it('shows what a site says as text, whatever it says', async () => {
    const note = '<img src=x onerror=alert(1)><script>alert(2)</script>'
    await open()
    coordinator.show({ ...life.waiting, sites: [site('aurora', { note })] })
    await see(note)
    expect(await page.locator('td img, td script').count()).toBe(0)
  })

  it('sends a policy that allows nothing from elsewhere and nothing inline', async () => {
    const response = await page.goto(coordinator.url)
    const policy = response?.headers()['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(policy).not.toMatch(/https?:|\*/)
  })

  it.each(['light', 'dark'] as const)('has readable contrast everywhere in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await open()
    for (const snapshot of [life.waiting, life.asking, life.released, life.failed]) {
      coordinator.show(snapshot)
      await see(`record ${snapshot.journal.sequence}`)
      expect(await page.evaluate(faintTexts, 4.5)).toEqual([])
    }
  })

  it('fits a telephone: only the tables scroll sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open()
    for (const snapshot of [life.asking, life.released]) {
      coordinator.show(snapshot)
      await see(`record ${snapshot.journal.sequence}`)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    }
  })

  it('names every region, table and control', async () => {
    await open()
    coordinator.show(life.released)
    await see('student accuracy 0.866')
    const names = [
      'Run 1',
      'Result',
      'Student loss',
      'Student accuracy',
      'Sites',
      'Journal',
      'Released student',
    ]
    for (const name of names) await page.getByRole('region', { name, exact: false }).first().waitFor()
    expect(await page.getByRole('main').count()).toBe(1)
    expect(await page.getByRole('banner').count()).toBe(1)
    expect(await page.locator('th:not([scope]), button:empty:not([aria-label])').count()).toBe(0)
  })
  it('talked to nobody but its coordinator in any of these tests', () => {
    expect(friends.size).toBeGreaterThan(0)
    expect([...strangers]).toEqual([])
  })
})
