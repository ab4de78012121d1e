/** What a site's people can count on, with real folders: each query once, no way back, and nothing unseen. */
import { cp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { approveQuestion, previewQuestion, readLedger } from '#client/main.ts'
import type { RunningCoordinator } from '#coordinator/main.ts'
import { parseReport } from '#coordinator/evaluation.ts'
import { latestRun } from '#federation/state.ts'
import { openFileBlobs } from '#store/file-blobs.ts'
import { collegium } from '../support/collegium.ts'
import { federationEvents, ofType, siteEvents } from '../support/journal-events.ts'
import { pretendPricing } from '../support/pretend-pricing.ts'
import {
  coded,
  releasedRun,
  runOver,
  siteNames,
  siteYaml,
  smallFederation,
  world,
  type SmallFederation,
} from '../support/small-federation.ts'

const masked = { privacy: 'masked' } as const

const sealedAt = async (federation: SmallFederation, site: string) =>
  ofType(await siteEvents(federation.siteDir(site)), 'answer-sealed')

/** The question that the newest run has open. */
const openQuestion = ({ core }: RunningCoordinator) =>
  vi.waitFor(() => {
    const id = latestRun(core.state())?.questions.at(-1)
    expect(id).toBeDefined()
    return id!
  })

describe('a second masked run', () => {
  it('takes the sums of the first, asks nobody, and trains another student from them', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    await federation.startSites(coordinator)
    const first = await releasedRun(coordinator, masked)
    const second = await releasedRun(coordinator, { ...masked, seed: 2 })
    expect(second.student?.networkHash).not.toBe(first.student?.networkHash)
    expect(second.reused).toEqual([{ round: 0, purpose: 'teach', question: first.questions[0] }])
    expect(second.questions).toHaveLength(1) // another student is measured anew
    // The very student again: even that is known.
    const third = await releasedRun(coordinator, { ...masked, seed: 1 })
    expect(third.student?.networkHash).toBe(first.student?.networkHash)
    expect(third.questions).toEqual([])
    expect(third.reused.map(({ question }) => question)).toEqual(first.questions)
    const blobs = await openFileBlobs(path.join(federation.coordinatorDir, 'blobs'))
    const up = async (run: typeof first) => parseReport(await blobs.get(run.reportHash!)).bytes.upPerSite
    expect(await up(first)).toBeGreaterThan(0)
    expect(await up(third)).toBe(0) // nobody was asked, so nothing was sent
    for (const site of siteNames) {
      const sealed = await sealedAt(federation, site)
      expect(sealed.map(({ purpose }) => purpose)).toEqual(['teach', 'evaluate', 'evaluate'])
    }

    // Told to ask again, the coordinator does, and every site says why it does not answer.
    await coordinator.operator.startRun({ ...masked, askAgain: true })
    const again = await runOver(coordinator)
    expect(again.failure).toMatchObject({
      code: 'RUN_NO_QUORUM',
      reason: expect.stringContaining('Refused with QUERY_REPEATED.'),
    })
    const refusals = ofType(await federationEvents(federation.coordinatorDir), 'question-refused')
    expect(refusals.map(({ site, code }) => `${site} ${code}`).sort()).toEqual(
      siteNames.map((site) => `${site} QUERY_REPEATED`),
    )
  })
})

describe('a folder restored from an old backup', () => {
  it('answers nothing, and writes nothing, until the newest one is back', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    const [north] = await federation.startSites(coordinator)
    const ready = async () =>
      expect(ofType(await siteEvents(federation.siteDir('north')), 'teacher-ready')).toHaveLength(1)
    await vi.waitFor(ready, { timeout: 20_000 })
    const [dir, backups] = [federation.siteDir('north'), path.join(federation.dir, 'backups')]
    const swap = async (keep: string, restore: string) => {
      await cp(path.join(dir, 'journal'), path.join(backups, keep), { recursive: true })
      await rm(path.join(dir, 'journal'), { recursive: true })
      await cp(path.join(backups, restore), path.join(dir, 'journal'), { recursive: true })
    }
    await north!.close()
    await cp(path.join(dir, 'journal'), path.join(backups, 'old'), { recursive: true })
    await federation.startSite('north')
    await releasedRun(coordinator)
    await vi.waitFor(async () => expect(ofType(await siteEvents(dir), 'student-received')).toHaveLength(1))
    const before = await siteEvents(dir)

    await federation.stopSite('north')
    await swap('new', 'old')
    const setBack = await federation.startSite('north')
    await coordinator.operator.startRun({ threshold: 2 })
    const run = await runOver(coordinator)
    expect(run.failure).toBeUndefined()
    const { questions } = coordinator.core.state()
    for (const id of run.questions) {
      expect(questions[id]?.refusals).toMatchObject({ north: { code: 'LEDGER_ROLLBACK' } })
      expect(questions[id]?.survivors).toEqual(['south', 'west'])
    }
    expect(ofType(await siteEvents(dir), 'answer-sealed')).toEqual([])
    await expect(previewQuestion(dir, world)).resolves.toBeUndefined()

    await setBack.close()
    await swap('spoilt', 'new')
    expect(await siteEvents(dir)).toEqual(before)
    await federation.startSite('north')
    const last = await releasedRun(coordinator)
    expect(coordinator.core.state().questions[last.questions[0]!]?.survivors).toEqual(siteNames)
  })
})

describe('approval by hand', () => {
  it('lets a question wait, shows what would leave, and then lets just that leave', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    const dir = federation.siteDir('north')
    await writeFile(path.join(dir, 'site.yaml'), siteYaml.replace('policy: {', 'policy: { approval: manual,'))
    await federation.startSites(coordinator)
    await coordinator.operator.startRun({ federatedEvaluation: false })
    const question = await openQuestion(coordinator)
    const bothOthersAnswered = () => {
      const state = coordinator.core.state().questions[question]
      expect(Object.keys(state?.answers ?? {}).sort()).toEqual(['south', 'west'])
    }
    await vi.waitFor(bothOthersAnswered, { timeout: 20_000 })
    expect(await sealedAt(federation, 'north')).toEqual([])

    const priced = await previewQuestion(dir, {
      ...world,
      pricing: pretendPricing,
      question: question.slice(0, 9),
    })
    expect(priced).toMatchObject({
      question,
      run: 'run-1',
      purpose: 'teach',
      roster: siteNames,
      mode: 'plain',
      answer: { kind: 'probabilities', items: 40, bytes: 320 }, // 40 items x 2 classes x 4 bytes
      cost: { mechanism: { count: 40 }, reserves: { count: 40 }, before: 0, budget: 4 },
    })
    const { answer, cost, coverage } = priced!
    expect(coverage?.items).toBe(40)
    expect(coverage?.covered).toBeLessThanOrEqual(1)
    const { firstRows } = answer!.heads[0]!
    expect(firstRows).toHaveLength(5)
    for (const row of firstRows) expect(row[0]! + row[1]!).toBeCloseTo(1, 12) // simplex, to the unit
    expect(answer!.least).toBeGreaterThanOrEqual(0)
    expect(answer!.most).toBeLessThanOrEqual(1)
    expect(cost!.after).toBeGreaterThan(0)
    await expect(previewQuestion(dir, { ...world, question: 'ffff' })).rejects.toEqual(
      coded('QUESTION_UNKNOWN'),
    )
    expect(await sealedAt(federation, 'north')).toEqual([]) // nothing was answered meanwhile

    const shown = await collegium('client', 'preview', '--dir', dir)
    expect(shown.stdout).toContain(`question ${question}`)
    expect(shown.stdout).toMatch(
      /would leave: probabilities of 40 rows, 320 B in words of 32 bits, values from 0/,
    )
    expect(shown.stdout).toContain('costs no budget, as it has no noise')
    expect(shown.stdout).toMatch(/the transfer set covers \d+ % of \d+ own rows .*; this stays here/)
    expect(shown.stdout).toContain('nothing has been sent')

    await expect(approveQuestion(dir, '../../escape')).rejects.toEqual(coded('USAGE'))
    const approved = await collegium('client', 'answer', question, '--dir', dir, '--json')
    expect(JSON.parse(approved.stdout)).toEqual({ site: 'north', question, approved: true })
    expect((await runOver(coordinator)).failure).toBeUndefined()
    const sealed = await sealedAt(federation, 'north')
    expect(sealed.map(({ question: id }) => id)).toEqual([question])
    await expect(previewQuestion(dir, world)).resolves.toBeUndefined()
  })

  it('shows an answer of several kinds, the rows of the first in front', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    const dir = federation.siteDir('north')
    await writeFile(path.join(dir, 'site.yaml'), siteYaml.replace('policy: {', 'policy: { approval: manual,'))
    await federation.startSites(coordinator)
    await coordinator.operator.startRun({
      rule: 'auto',
      candidates: ['era', 'entropy-weighted'],
      federatedEvaluation: false,
    })
    await openQuestion(coordinator)
    const { answer } = (await previewQuestion(dir, world))!
    // Rows of two probabilities, then the same times a weight, which is their sum: 40 x (2 + 2) words of 4 bytes.
    expect(answer).toMatchObject({ kind: 'probabilities+entropy-weighted', items: 40, bytes: 640 })
    for (const row of answer!.heads[0]!.firstRows) expect(row[0]! + row[1]!).toBeCloseTo(1, 12)
  })
})

describe('collegium client ledger', () => {
  it('tells what was spent, what is promised and what left without noise, while the site runs', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    for (const site of siteNames) await federation.join(coordinator, site)
    for (const site of siteNames)
      await federation.startSite(site, site === 'north' ? { pricing: pretendPricing } : {})
    await releasedRun(coordinator, { rounds: 2, federatedEvaluation: false })
    const view = await readLedger(federation.siteDir('north'))
    const account = view.datasets[0]?.account
    expect(view).toMatchObject({ site: 'north', budget: { epsilon: 4, unit: 'record' } })
    expect(account).toMatchObject({
      unit: 'record',
      delta: 1e-5,
      accountant: 'exact',
      campaigns: [{ run: 'run-1', purpose: 'teach', used: 40, mechanism: { count: 40 } }],
    })
    expect(account?.spent).toBe(account?.reserved) // two rounds of twenty, all of them asked
    expect(view.datasets[0]?.last.map(({ charged }) => charged)).toEqual([20, 20])

    const { stdout } = await collegium('client', 'ledger', '--dir', federation.siteDir('north'))
    expect(stdout).toContain('north: budget epsilon 4 at delta 0.00001, counted by the record')
    expect(stdout).toMatch(/run-1 +teach +gaussian +40 +40/)
    const south = await collegium('client', 'ledger', '--json', '--dir', federation.siteDir('south'))
    expect(JSON.parse(south.stdout)).toMatchObject({
      datasets: [{ current: true, withoutNoise: { plain: 2 } }],
    })
  })

  it('shows a run refused that the budget does not cover, and lets none of its answers leave', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    for (const site of siteNames) {
      await writeFile(
        path.join(federation.siteDir(site), 'site.yaml'),
        siteYaml.replace('epsilon: 4', 'epsilon: 0.1'),
      )
      await federation.join(coordinator, site)
      await federation.startSite(site, { pricing: pretendPricing })
    }
    await coordinator.operator.startRun({})
    const run = await runOver(coordinator)
    expect(run.failure?.reason).toContain('Refused with LEDGER_EXHAUSTED.')
    expect(await sealedAt(federation, 'north')).toEqual([])
  })
})
