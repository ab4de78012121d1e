/** One whole run, every part real, in one process: the coordinator and three sites on an in-process link. */
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest'
import { enrolSite } from '#client/enrol.ts'
import { givenDataSource } from '#client/data.ts'
import { parseSiteConfig } from '#client/config.ts'
import { createSequence } from '#client/session.ts'
import { runSite } from '#client/site.ts'
import { federationConfigSchema } from '#coordinator/config.ts'
import { createCoordinator } from '#coordinator/coordinator.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseInvite } from '#federation/invite.ts'
import { latestRun } from '#federation/state.ts'
import { createInProcessLink } from '#link/in-process.ts'
import { hash, ready } from '#privacy/crypto.ts'
import { createIdentity } from '#privacy/identity.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { openMemoryJournal } from '#store/memory-journal.ts'
import { planeDataset, planeSchema } from '../support/plane.ts'

beforeAll(() => ready)

function csvOf({ inputs, labels, rows }: ReturnType<typeof planeDataset>, labelled: boolean): Uint8Array {
  const line = (row: number) =>
    `${inputs[2 * row]},${inputs[2 * row + 1]}${labelled ? `,${labels[row]}` : ''}`
  const lines = Array.from({ length: rows }, (_, row) => line(row))
  return new TextEncoder().encode([labelled ? 'x,y,t' : 'x,y', ...lines].join('\n'))
}

it('three sites teach, measure and receive one student', async () => {
  const clock = () => Date.now()
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  let drawn = 0
  const random = (length: number) => Uint8Array.from({ length }, () => (drawn += 7) % 256)
  const runtime = await openRuntime()
  const link = createInProcessLink()
  const blobs = await openMemoryBlobs()
  const put = (value: unknown) => blobs.put(new TextEncoder().encode(JSON.stringify(value)))
  const file = { path: 'memory', format: 'csv' as const }
  const coordinator = await createCoordinator({
    config: federationConfigSchema.parse({
      name: 'Test',
      schema: 'memory',
      transfer: file,
      run: { rounds: 2, student: 'mlp:8', training: { epochs: 60, learningRate: 0.02 } },
    }),
    data: {
      schemaHash: await put(planeSchema),
      schema: planeSchema,
      transfer: {
        hash: await blobs.put(csvOf(planeDataset('transfer', 200), false)),
        format: 'csv',
        rows: 200,
      },
      labelled: 0,
      holdout: { hash: await blobs.put(csvOf(planeDataset('holdout', 100), true)), format: 'csv', rows: 100 },
    },
    identity: createIdentity(random),
    tokenHash: hash('token'),
    journal: await openMemoryJournal(),
    blobs,
    openLinks: () => [link.coordinator],
    addresses: () => ['http://127.0.0.1'],
    runtime,
    clock,
    random,
    log,
  })
  onTestFinished(() => coordinator.close())

  const stop = new AbortController()
  const config = parseSiteConfig(
    'data: { path: x }\nteacher: { kind: mlp, hidden: [], epochs: 40, learningRate: 0.05 }',
    '/',
  )
  const journals = await Promise.all(
    ['north', 'south', 'west'].map(async (site) => {
      const { invite: text } = await coordinator.operator.invite({ site, ttlMinutes: 5, approve: true })
      const identity = createIdentity(random)
      const sequence = createSequence(clock)
      const enrolling = link.site()
      const invite = parseInvite(text)
      const membership = await enrolSite({ identity, invite, link: enrolling, clock, sequence })
      expect(membership).toMatchObject({ site, federationName: 'Test', approved: true })
      await enrolling.close()
      const journal = await openMemoryJournal()
      const given = {
        data: givenDataSource(planeDataset(site, 100)),
        blobs: await openMemoryBlobs(),
        config,
        runtime,
      }
      const parts = {
        identity,
        membership,
        link: link.site(),
        journal,
        sequence,
        clock,
        random,
        log,
        pollMs: 50,
        ...given,
      }
      const ended = runSite(parts, stop.signal)
      onTestFinished(async () => {
        stop.abort()
        await ended
      })
      return journal
    }),
  )

  await coordinator.operator.startRun({})
  await vi.waitFor(() => expect(latestRun(coordinator.core.state())?.phase).toMatch(/released|failed/), {
    timeout: 25_000,
    interval: 20,
  })
  const run = latestRun(coordinator.core.state())!
  expect(run.failure).toBeUndefined()
  expect(run.phase).toBe('released')
  const { questions } = coordinator.core.state()
  for (const id of run.questions) expect(questions[id]?.survivors).toEqual(['north', 'south', 'west'])
  expect(run.questions.map((id) => questions[id]?.purpose)).toEqual(['teach', 'teach', 'evaluate'])

  const report = JSON.parse(new TextDecoder().decode(await blobs.get(run.reportHash!))) as {
    arms: { student: { accuracy: { mean: number } } }
  }
  expect(report.arms.student.accuracy.mean).toBeGreaterThan(0.9)
  await vi.waitFor(async () => {
    for (const journal of journals) {
      const types: string[] = []
      for await (const { bytes } of journal.read())
        types.push(JSON.parse(new TextDecoder().decode(bytes)).type)
      expect(types.filter((type) => type === 'answer-acknowledged')).toHaveLength(3)
      expect(types).toContain('student-received')
    }
  })
})
