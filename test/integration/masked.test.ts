/** Masked questions over real sockets, stores and folders: who drops out, who restarts, who lies. */
import { describe, expect, it, vi } from 'vitest'
import type { RunningCoordinator } from '#coordinator/main.ts'
import type { Question } from '#federation/state.ts'
import { bytesToWords } from '#privacy/fixed-point.ts'
import { openFileBlobs } from '#store/file-blobs.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { BodyKind } from '#proto/frames.ts'
import path from 'node:path'
import { bentLink, gate } from '../support/bent-link.ts'
import { federationEvents, ofType, siteEvents } from '../support/journal-events.ts'
import {
  releasedRun,
  runOver,
  siteNames,
  smallFederation,
  type SmallFederation,
} from '../support/small-federation.ts'

const FIVE = ['east', 'north', 'south', 'west', 'zenith']
const masked = { privacy: 'masked' } as const

const fiveSites = (): Promise<SmallFederation> => smallFederation(undefined, undefined, FIVE)

const teachersReady = ({ operator }: RunningCoordinator) =>
  vi.waitFor(
    () => {
      for (const { note } of operator.snapshot().sites) expect(note).toBe('ready')
    },
    { timeout: 20_000 },
  )

const questionsOf = ({ core }: RunningCoordinator, ids: readonly string[]): Question[] =>
  ids.map((id) => core.state().questions[id]!)

/** West falls silent from the first message of this kind on. */
const silentFrom = (silent: BodyKind) => {
  let gone = false
  return bentLink({
    before(kind) {
      gone ||= kind === silent
      return gone ? Promise.reject(new CollegiumError('LINK_LOST', 'The site is cut off.')) : undefined
    },
  })
}

/** West's first message of each of these kinds never arrives. */
const losesFirst = (kinds: readonly BodyKind[]) => {
  const lost = new Set<BodyKind>()
  return bentLink({
    before(kind) {
      if (!kinds.includes(kind) || lost.has(kind)) return undefined
      lost.add(kind)
      return Promise.reject(new CollegiumError('LINK_LOST', 'The message was lost.'))
    },
  })
}

describe('a masked run', () => {
  it('sums every answer although a message of each stage is lost on its way', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    for (const site of siteNames) await federation.join(coordinator, site)
    const kinds: BodyKind[] = ['keyOffer', 'sealedShares', 'answer', 'survivorSignature', 'unmaskShares']
    for (const site of siteNames)
      await federation.startSite(site, site === 'west' ? { linkFor: losesFirst(kinds) } : {})
    const run = await releasedRun(coordinator, masked)
    // With three sites the threshold is three: had west refused to unmask, there would be no sum.
    expect(
      questionsOf(coordinator, run.questions).map(({ survivors, refusals }) => [survivors, refusals]),
    ).toEqual([
      [siteNames, {}],
      [siteNames, {}],
    ])
    const shared = ofType(await siteEvents(federation.siteDir('west')), 'unmask-shared')
    expect(shared.map(({ question }) => question)).toEqual(run.questions)
  })

  it('releases the very student of a plain run, and the coordinator holds no answer it could read', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    await federation.startSites(coordinator)
    const run = await releasedRun(coordinator, masked)
    const plain = await releasedRun(coordinator)
    expect(run.student?.networkHash).toBe(plain.student?.networkHash)
    expect(run.reportHash).toBeDefined()

    const blobs = await openFileBlobs(path.join(federation.coordinatorDir, 'blobs'))
    const words = async (question: Question, site: string) =>
      bytesToWords(await blobs.get(question.answers[site]!.shareHash))
    const [hidden] = questionsOf(coordinator, run.questions)
    const [open] = questionsOf(coordinator, plain.questions)
    expect(hidden!.sumHash).toBe(open!.sumHash)
    for (const site of siteNames) {
      const [under, bare] = [await words(hidden!, site), await words(open!, site)]
      // 80 words of at most 2^16 each; under a mask a word is below 2^17 once in 32,768 times.
      expect(bare.every((word) => word <= 65_536)).toBe(true)
      expect(under.filter((word) => word < 2 ** 17).length).toBeLessThan(3)
    }
  })

  it.each<[BodyKind, readonly string[]]>([
    ['keyOffer', ['east', 'north', 'south', 'zenith']],
    ['sealedShares', ['east', 'north', 'south', 'zenith']],
    ['answer', ['east', 'north', 'south', 'zenith']],
    ['survivorSignature', FIVE], // its answer is in the sum, and stays there
    ['unmaskShares', FIVE],
  ])('goes on without a site that falls silent before its %s', async (kind, survivors) => {
    const federation = await fiveSites()
    const coordinator = await federation.startCoordinator()
    for (const site of FIVE) await federation.join(coordinator, site)
    for (const site of FIVE)
      await federation.startSite(site, site === 'west' ? { linkFor: silentFrom(kind) } : {})
    await teachersReady(coordinator)
    const wishes = { ...masked, deadlineSeconds: 8, federatedEvaluation: false }
    const run = await releasedRun(coordinator, wishes)
    const [question] = questionsOf(coordinator, run.questions)
    expect(question?.survivors).toEqual(survivors)
    expect(run.student).toBeDefined()
  })

  it('a site that restarts in the middle drops out, says so, and takes part in the next question', async () => {
    const federation = await fiveSites()
    const coordinator = await federation.startCoordinator()
    for (const site of FIVE) await federation.join(coordinator, site)
    const held = gate()
    const hold = bentLink({ before: (kind) => (kind === 'sealedShares' ? held.opened : undefined) })
    for (const site of FIVE) await federation.startSite(site, site === 'north' ? { linkFor: hold } : {})
    await teachersReady(coordinator)
    // West dies once its keys are out; north keeps the others from going on meanwhile.
    await coordinator.operator.startRun(masked)
    await vi.waitFor(() => {
      const [id] = Object.keys(coordinator.core.state().questions)
      expect(coordinator.core.state().questions[id!]?.members.keys).toEqual(FIVE)
    })
    await federation.restartSite('west')
    held.open()
    await vi.waitFor(async () => {
      const events = await siteEvents(federation.siteDir('west'))
      expect(ofType(events, 'question-declined')).toMatchObject([{ code: 'MASKS_LOST' }])
    })
    const run = await runOver(coordinator)
    expect(run.failure).toBeUndefined()
    const [teach, evaluation] = questionsOf(coordinator, run.questions)
    expect(teach).toMatchObject({
      survivors: ['east', 'north', 'south', 'zenith'],
      refusals: { west: { code: 'MASKS_LOST' } },
    })
    expect(evaluation?.survivors).toEqual(FIVE)
  })

  it('each step counts once when receipts are lost', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    for (const site of siteNames) await federation.join(coordinator, site)
    const lost = new Set<BodyKind>()
    const once = (kind: BodyKind) => {
      if (!/keyOffer|Shares|Signature|answer/.test(kind) || lost.has(kind)) return
      lost.add(kind)
      throw new CollegiumError('LINK_LOST', 'The receipt was lost.')
    }
    for (const site of siteNames)
      await federation.startSite(site, site === 'west' ? { linkFor: bentLink({ after: once }) } : {})
    const run = await releasedRun(coordinator, masked)
    expect([...lost]).toEqual(['keyOffer', 'sealedShares', 'answer', 'survivorSignature', 'unmaskShares'])
    expect(questionsOf(coordinator, run.questions).map(({ survivors }) => survivors)).toEqual([
      siteNames,
      siteNames,
    ])
    const said = ofType(await federationEvents(federation.coordinatorDir), 'step-accepted')
    expect(new Set(said.map(({ question, site, stage }) => `${question} ${site} ${stage}`)).size).toBe(
      said.length,
    )
    expect(said).toHaveLength(2 * 3 * 4) // questions, sites, stages
  })
})
