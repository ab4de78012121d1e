/**
 * What the comparison needs of the demo's sites, read from their folders once their teachers are ready. The
 * demo may look: it made their data up.
 */
import path from 'node:path'
import { fileDataSource, partRows } from '#client/data.ts'
import { siteFolder } from '#client/folder.ts'
import { decodeNetwork } from '#engine/checkpoint.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { predictLogits } from '#engine/infer.ts'
import type { Runtime } from '#engine/session/index.ts'
import { decodeSiteEvent, type SiteEvent } from '#federation/site-events.ts'
import { openFileBlobs } from '#store/file-blobs.ts'
import { readLmdbJournal } from '#store/lmdb-journal.ts'
import type { ComparedSite } from '../comparison.ts'

export async function readDemoSite(
  dir: string,
  schema: FeatureSchema,
  runtime: Runtime,
  startedAtMs: number,
): Promise<ComparedSite> {
  const folder = siteFolder(dir)
  const config = await folder.config()
  const { dataset } = await fileDataSource(config)(schema)
  const { training, validation } = partRows(dataset, config.validation, config.seed)
  const ready = await teacherOf(folder.journal)
  const teacher = decodeNetwork(await (await openFileBlobs(folder.blobs)).get(ready.networkHash))
  return {
    site: path.basename(dir),
    logits: (inputs, rows) => predictLogits(runtime, teacher, inputs, rows),
    training,
    heldOut: validation,
    teacherSeconds: (ready.at - startedAtMs) / 1000,
  }
}

async function teacherOf(journal: string): Promise<Extract<SiteEvent, { type: 'teacher-ready' }>> {
  let latest: Extract<SiteEvent, { type: 'teacher-ready' }> | undefined
  for await (const { bytes, sequence } of readLmdbJournal(journal)) {
    const event = decodeSiteEvent(bytes, sequence)
    if (event.type === 'teacher-ready') latest = event
  }
  if (!latest) throw new Error(`${journal} knows of no teacher`)
  return latest
}
