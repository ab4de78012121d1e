/**
 * A transfer set made at the coordinator: of the schema alone, or of a few public samples. It is an ordinary file,
 * pinned by its hash like any other, and nobody can tell it from one that was collected.
 */
import { encodeDataset } from '#engine/data/encode.ts'
import { rowCount, type RawData } from '#engine/data/read.ts'
import { imageShape, type FeatureSchema } from '#engine/data/schema.ts'
import { EngineError } from '#engine/errors.ts'
import type { Random } from '#engine/random.ts'
import { drawRows } from './draw-rows.ts'
import { mixItems, mixRows } from './mix-rows.ts'
import { smoothImages } from './smooth-images.ts'

/**
 * `count` items, the same for the same `random`; those made have no label. Samples, where there are any, come first
 * and count. Rejects with `DATA_EMPTY` when there are fewer than two samples or not more items than samples, as
 * encoding does when they do not fit the schema, and with `DATA_FORMAT` for a tensor that is no image, of which
 * only samples can be mixed.
 */
export function makeItems(schema: FeatureSchema, count: number, random: Random, samples?: RawData): RawData {
  if (samples) {
    encodeDataset(schema, samples, { labels: 'none' })
    const given = rowCount(samples)
    if (given < 2 || given >= count)
      throw new EngineError(
        'DATA_EMPTY',
        `Of ${given} samples no ${count} items can be mixed: it takes two, and they are the first of the items.`,
      )
  }
  const { features } = schema
  if (features.kind === 'table')
    return {
      kind: 'table',
      table:
        samples?.kind === 'table'
          ? mixRows(schema, samples.table, count, random)
          : drawRows(features, count, random),
    }
  if (samples?.kind === 'tensor') return { kind: 'tensor', items: mixItems(samples.items, count, random) }
  const image = imageShape(schema)
  if (!image)
    throw new EngineError(
      'DATA_FORMAT',
      `Items of shape [${features.shape.join(', ')}] are no images; they can only be mixed from samples.`,
    )
  return { kind: 'tensor', items: smoothImages(features.shape, image, features.divideBy, count, random) }
}
