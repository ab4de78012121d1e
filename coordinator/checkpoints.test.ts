import { beforeAll, expect, it } from 'vitest'
import { requireCheckpoint } from '#federation/checkpoint.ts'
import { revoke } from '#federation/decide-enrolment.ts'
import { decodeEvent, type EventOf } from '#federation/events.ts'
import { ready } from '#privacy/crypto.ts'
import { openMemoryJournal } from '#store/memory-journal.ts'
import { coordinatorKey, FEDERATION, key, signedJournal } from '../test/support/signed-journal.ts'
import { hex } from '../test/support/wire-examples.ts'
import { attestWith } from './checkpoints.ts'
import { openCore } from './core.ts'

beforeAll(() => ready)

const founding = {
  type: 'federation-founded' as const,
  federation: FEDERATION,
  name: 'Test',
  coordinatorKey: coordinatorKey().publicKey,
  classes: ['a', 'b'],
  schemaHash: hex('03'),
}
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** A core that signs, over the records of the signed journal; the last two of those follow a checkpoint. */
async function world() {
  const journal = await openMemoryJournal()
  await journal.append(signedJournal().records.map(({ bytes }) => bytes))
  const attest = attestWith(coordinatorKey())
  const core = await openCore({ journal, clock: () => 5000, log: silent, attest, onFailure: async () => {} })
  const checkpoints = async () => {
    const found: { sequence: number; event: EventOf<'checkpoint'> }[] = []
    for await (const { bytes, sequence } of journal.read(14)) {
      const event = decodeEvent(bytes, sequence)
      if (event.type === 'checkpoint') found.push({ sequence, event })
    }
    return found
  }
  return { journal, core, checkpoints }
}

it('what ends a key or a run is signed in the same append', async () => {
  const { journal, core, checkpoints } = await world()
  let appends = 0
  const append = journal.append.bind(journal)
  journal.append = (records) => (appends++, append(records))
  await core.commit((state) => revoke(state, 'zurich'))
  expect(appends).toBe(1)
  const [signed] = await checkpoints()
  const { hash } = await record(journal, 14)
  expect(signed).toMatchObject({ sequence: 15, event: { sequence: 14, hash, at: 5000 } })
  requireCheckpoint(founding.federation, founding.coordinatorKey, signed!.event)
  expect(() => requireCheckpoint(founding.federation, key(8).publicKey, signed!.event)).toThrow(
    expect.objectContaining({ code: 'SIGNATURE_INVALID' }),
  )
  expect(core.state().checkpoint).toEqual({ sequence: 14, hash })
})

it('nothing else is signed until 256 records are unsigned', async () => {
  const { core, checkpoints } = await world()
  const invite = (n: number) =>
    core.commit(() => [
      {
        type: 'site-invited',
        site: 'east',
        tokenHash: n.toString(16).padStart(64, '0'),
        expiresAt: 9,
        approve: false,
      },
    ])
  // The last checkpoint signed record 11, and 13 records are there: 253 more reach 266, one short of 267.
  for (let n = 0; n < 253; n++) await invite(n)
  expect(await checkpoints()).toEqual([])
  await invite(253)
  expect(await checkpoints()).toMatchObject([{ sequence: 268, event: { sequence: 267 } }])
  await invite(254)
  expect(await checkpoints()).toHaveLength(1)
})

async function record(journal: Awaited<ReturnType<typeof openMemoryJournal>>, sequence: number) {
  for await (const found of journal.read(sequence)) return found
  throw new Error(`no record ${sequence}`)
}
