import { expect, it } from 'vitest'
import type { SideInputs } from '#client/share-values.ts'
import { encodeSiteEvent, type SiteEvent } from '#federation/site-events.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { keepOf, openKept } from './kept-sites.ts'

const teacher: SiteEvent = {
  type: 'teacher-ready',
  at: 1,
  networkHash: 'a'.repeat(64),
  key: 'b'.repeat(64),
  dataHash: 'c'.repeat(64),
  schemaHash: 'd'.repeat(64),
  classes: 2,
  rows: 10,
  validationRows: 0,
}
const received: SiteEvent = {
  type: 'student-received',
  at: 2,
  run: 'run-1',
  onnxHash: 'e'.repeat(64),
  cardHash: 'f'.repeat(64),
}
const sideInputs: SideInputs = () => Promise.resolve([{ weightsBy: {} }])

it('a site begins its next federation with its teacher, what its gates found, and no memory of answers', async () => {
  const fresh = await openKept(undefined)
  expect([fresh.journal.head().sequence, 'sideInputs' in fresh]).toEqual([0, false])
  await fresh.journal.append([teacher, received].map(encodeSiteEvent))
  const blobs = await openMemoryBlobs()
  const again = await openKept(await keepOf(fresh.journal, blobs, sideInputs))
  const records = []
  for await (const { bytes } of again.journal.read()) records.push(Buffer.from(bytes).toString())
  expect(records).toEqual([Buffer.from(encodeSiteEvent(teacher)).toString()])
  expect([again.blobs, again.sideInputs]).toEqual([blobs, sideInputs])
})
