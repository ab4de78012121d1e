/**
 * What the comparison needs of the demo's sites, read from their folders once their teachers are ready. The
 * demo may look: it made their data up.
 */
import path from 'node:path'
import { fileDataSource, partRows } from '#client/data.ts'
import { siteFolder } from '#client/folder.ts'
import { createSideInputs } from '#client/share-values.ts'
import { decodeNetwork } from '#engine/checkpoint.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { predictLogits } from '#engine/infer.ts'
import type { Runtime } from '#engine/session/index.ts'
import { decodeSiteEvent } from '#federation/site-events.ts'
import { openFileBlobs } from '#store/file-blobs.ts'
import { readLmdbJournal } from '#store/lmdb-journal.ts'
import type { ComparedSite } from '../comparison.ts'

export async function readDemoSite(
  dir: string,
  schema: FeatureSchema,
  runtime: Runtime,
): Promise<ComparedSite> {
  const folder = siteFolder(dir)
  const config = await folder.config()
  const { dataset } = await fileDataSource(config)(schema)
  const { training, validation } = partRows(dataset, config.validation, config.seed)
  const { networkHash, startedAtMs, readyAtMs } = await teacherOf(folder.journal)
  const network = decodeNetwork(await (await openFileBlobs(folder.blobs)).get(networkHash))
  return {
    site: path.basename(dir),
    teacher: { logits: (inputs, rows) => predictLogits(runtime, network, inputs, rows) },
    sideInputs: createSideInputs(runtime, training, schema),
    training,
    heldOut: validation,
    teacherSeconds: (readyAtMs - startedAtMs) / 1000,
    readyAtMs,
  }
}

/** The newest teacher in a site's journal; the site's process started with the first event. */
async function teacherOf(
  journal: string,
): Promise<{ networkHash: string; startedAtMs: number; readyAtMs: number }> {
  let startedAtMs: number | undefined
  let ready: { networkHash: string; readyAtMs: number } | undefined
  for await (const { bytes, sequence } of readLmdbJournal(journal)) {
    const event = decodeSiteEvent(bytes, sequence)
    startedAtMs ??= event.at
    if (event.type === 'teacher-ready') ready = { networkHash: event.networkHash, readyAtMs: event.at }
  }
  if (!ready || startedAtMs === undefined) throw new Error(`${journal} knows of no teacher`)
  return { ...ready, startedAtMs }
}
