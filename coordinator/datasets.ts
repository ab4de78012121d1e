/** Public datasets, read from blobs once and kept while the run needs them. */
import type { Dataset } from '#engine/data/dataset.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { readData } from '#engine/data/read.ts'
import { parseFeatureSchema, type FeatureSchema } from '#engine/data/schema.ts'
import type { Blobs } from '#federation/ports.ts'
import type { DataFile, RunPlan } from '#federation/plan.ts'

export interface PublicData {
  readonly schema: FeatureSchema
  /** The transfer set; `labels` holds -1 where a row has none, and is absent when no row has one. */
  readonly transfer: Dataset
  readonly holdout?: Dataset
}

/** Memoised by the hashes in the plan; rejects as the readers do. */
export function createPublicData(blobs: Blobs): (plan: RunPlan) => Promise<PublicData> {
  let cached: { readonly key: string; readonly data: Promise<PublicData> } | undefined
  return (plan) => {
    const key = JSON.stringify([plan.schemaHash, plan.transfer, plan.holdout])
    if (cached?.key !== key) {
      const loading = { key, data: load(blobs, plan) }
      cached = loading
      // What could not be read may be there the next time.
      loading.data.catch(() => {
        if (cached === loading) cached = undefined
      })
    }
    return cached.data
  }
}

async function load(blobs: Blobs, plan: RunPlan): Promise<PublicData> {
  const schema = parseFeatureSchema(JSON.parse(new TextDecoder().decode(await blobs.get(plan.schemaHash))))
  const transfer = await dataset(blobs, plan.transfer, schema, 'optional')
  if (!plan.holdout) return { schema, transfer }
  return { schema, transfer, holdout: await dataset(blobs, plan.holdout, schema, 'required') }
}

async function dataset(
  blobs: Blobs,
  { hash, format, labelsHash }: DataFile,
  schema: FeatureSchema,
  labels: 'optional' | 'required',
): Promise<Dataset> {
  const bytes = await blobs.get(hash)
  const raw = readData({
    format,
    bytes,
    ...(labelsHash !== undefined && { labels: await blobs.get(labelsHash) }),
  })
  return encodeDataset(schema, raw, { labels })
}
