/** A real federation before an auditor, and before its own sites when its journal goes back in time. */
import { cp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { auditJournal, compareWith } from '#cli/audit-journal.ts'
import { checkOpening } from '#cli/opening.ts'
import { openAnswer } from '#client/main.ts'
import { openedShare } from '#federation/opening.ts'
import { bytesToWords, wordsToBytes } from '#privacy/fixed-point.ts'
import { createPlainSum } from '#privacy/sum.ts'
import { readFileBlobs } from '#store/file-blobs.ts'
import { federationEvents, ofType, siteEvents } from '../support/journal-events.ts'
import { coded, releasedRun, runOver, siteNames, smallFederation } from '../support/small-federation.ts'

it('a masked run leaves a journal in which every signature holds, and what every site saw', async () => {
  const federation = await smallFederation()
  const coordinator = await federation.startCoordinator()
  await federation.startSites(coordinator)
  await releasedRun(coordinator, { privacy: 'masked' })

  const audited = await auditJournal(federation.coordinatorDir, { blobs: true })
  const events = await federationEvents(federation.coordinatorDir)
  const said = ofType(events, 'answer-accepted').length + ofType(events, 'step-accepted').length
  // Two questions of three sites, each of which speaks in five stages.
  expect(said).toBe(30)
  expect(audited.findings).toMatchObject({ questions: 2, envelopes: said, checkpoints: 1 })
  expect(audited.findings?.signedUpTo).toBe(audited.head.sequence - 1)
  for (const site of siteNames) expect(await compareWith(federation.siteDir(site), audited)).toBe(2)
  await expect(compareWith(federation.coordinatorDir, audited)).rejects.toEqual(coded('USAGE'))
})

it('what every site opens is what it committed to, and adds up to the sum', async () => {
  const federation = await smallFederation()
  const coordinator = await federation.startCoordinator()
  await federation.startSites(coordinator)
  const run = await releasedRun(coordinator, { privacy: 'masked' })
  const audited = await auditJournal(federation.coordinatorDir)
  expect(audited.findings).toMatchObject({ commitments: 6 }) // two questions, three sites

  const { question, sumHash = '' } = coordinator.core.state().questions[run.questions[0]!]!
  const sum = createPlainSum(80) // 40 items, 2 classes
  for (const site of siteNames) {
    const opening = await openAnswer(federation.siteDir(site), question)
    sum.add(site, bytesToWords(openedShare(audited.commitmentOf(opening) ?? '', opening)))
  }
  const blobs = readFileBlobs(path.join(federation.coordinatorDir, 'blobs'))
  expect(wordsToBytes(sum.reveal())).toEqual(new Uint8Array(await blobs.get(sumHash)))

  const [north, south] = await Promise.all(
    ['north', 'south'].map((site) => openAnswer(federation.siteDir(site), question)),
  )
  const file = path.join(federation.dir, 'opening.json')
  await writeFile(file, JSON.stringify(north))
  expect(await checkOpening(file, audited)).toEqual({ question, site: 'north', bytes: 320 })
  await writeFile(file, JSON.stringify({ ...north, share: south!.share }))
  await expect(checkOpening(file, audited)).rejects.toEqual(coded('COMMITMENT_MISMATCH'))
  await expect(openAnswer(federation.siteDir('north'), '0123')).rejects.toEqual(coded('QUESTION_UNKNOWN'))
})

it('a coordinator that goes back to an old journal gets no answer, and an auditor sees why', async () => {
  const federation = await smallFederation()
  const journal = path.join(federation.coordinatorDir, 'journal')
  const backup = path.join(federation.dir, 'backup')
  const first = await federation.startCoordinator()
  const { port } = new URL(first.url)
  await federation.startSites(first)
  await cp(journal, backup, { recursive: true })
  await releasedRun(first)
  await first.close()

  await rm(journal, { recursive: true })
  await cp(backup, journal, { recursive: true })
  const second = await federation.startCoordinator({ port: Number(port) })
  await second.operator.startRun({})
  const run = await runOver(second)
  expect(run.failure?.code).toBe('RUN_NO_QUORUM')
  const refusals = Object.values(second.core.state().questions[run.questions[0]!]!.refusals)
  expect(refusals.map(({ code }) => code)).toEqual(siteNames.map(() => 'HISTORY_REWRITTEN'))
  await second.close()

  const audited = await auditJournal(federation.coordinatorDir)
  for (const site of siteNames) {
    await expect(compareWith(federation.siteDir(site), audited)).rejects.toEqual(coded('HISTORY_REWRITTEN'))
    expect(ofType(await siteEvents(federation.siteDir(site)), 'head-witnessed')).toHaveLength(2)
  }
})
