/** A site's private rows: read from its file, encoded by the federation's schema, and parted for good. */
import path from 'node:path'
import { datasetViews, subset, type Dataset } from '#engine/data/dataset.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { readData } from '#engine/data/read.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { allRows, holdOut } from '#engine/data/split.ts'
import { targetColumns } from '#engine/data/target.ts'
import { seededRandom } from '#engine/random.ts'
import { hash } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import { inFile, readBytes } from '#store/files.ts'
import type { SiteConfig } from './config.ts'
import { unitDraws } from './units.ts'

export interface SiteData {
  /** Every row has a label. */
  readonly dataset: Dataset
  /** Of what the rows came from; equal hashes under one schema mean equal rows. */
  readonly dataHash: string
}

/** Where a site's rows come from, once the schema is known. */
export type DataSource = (schema: FeatureSchema) => Promise<SiteData>

/**
 * The rows of the file that site.yaml names. Rejects with `DATA_UNREADABLE` or with the reader's own codes
 * (`DATA_MISSING_COLUMN`, `DATA_UNKNOWN_CATEGORY`, ...), each sentence preceded by the file's name.
 */
export function fileDataSource({ data, target }: Pick<SiteConfig, 'data' | 'target'>): DataSource {
  return async (schema) => {
    const bytes = await readBytes(data.path)
    const labels = data.labels === undefined ? undefined : await readBytes(data.labels)
    const local = target === undefined ? schema : renamed(schema, target)
    const read = {
      format: data.format,
      bytes,
      ...(labels && { labels }),
      ...(data.columns && { csv: { header: data.columns } }),
    }
    const dataset = inFile(path.basename(data.path), () =>
      encodeDataset(local, readData(read), { labels: 'required' }),
    )
    return {
      dataset,
      dataHash: hash(JSON.stringify([hash(bytes), labels && hash(labels), data.columns, target])),
    }
  }
}

/** The schema for a file that calls the column to predict otherwise. */
function renamed(schema: FeatureSchema, column: string): FeatureSchema {
  const { target } = schema
  if (target.kind !== 'labels' && target.kind !== 'several')
    return { ...schema, target: { ...target, column } }
  throw new CollegiumError(
    'CONFIG_INVALID',
    `site.yaml: target: one column cannot be renamed to "${column}" where ${targetColumns(schema).join(', ')} are predicted; name the columns in the file as the schema does.`,
  )
}

/** Rows that are in memory already, as `simulate` deals them. */
export function givenDataSource(dataset: Dataset): DataSource {
  const known = datasetViews(dataset).flatMap(({ labels, values, marks }) => [labels, values, marks])
  const bytesOf = (array: Float32Array | Int32Array) =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  return () =>
    Promise.resolve({
      dataset,
      dataHash: hash(
        Buffer.concat([dataset.inputs, ...known.filter((each) => each !== undefined)].map(bytesOf)),
      ),
    })
}

/**
 * Parts the rows: `training` makes the teacher, `validation` only ever measures the federation's student.
 * The parts depend on the seed and the rows alone, each class gives its share, and at least one row trains.
 */
export function partRows(
  dataset: Dataset,
  fraction: number,
  seed: number,
): { training: Dataset; validation: Dataset } {
  const random = seededRandom(seed).fork('validation rows')
  const wanted = Math.min(Math.round(fraction * dataset.rows), dataset.rows - 1)
  const all = allRows(dataset.rows)
  const { kept, held } =
    wanted < 1 ? { kept: all, held: new Int32Array() } : holdOut(all, wanted, random, dataset.labels)
  return { training: subset(dataset, kept), validation: subset(dataset, held) }
}

/** How a site's configuration parts its rows. */
export function partFor(
  dataset: Dataset,
  { teacher, validation, seed }: Pick<SiteConfig, 'teacher' | 'validation' | 'seed'>,
  unitKey: Uint8Array,
): { training: Dataset; validation: Dataset } {
  return teacher.kind === 'pate' || teacher.kind === 'dpsgd'
    ? partUnits(dataset, validation, unitKey)
    : partRows(dataset, validation, seed)
}

/** The same for teachers with differential privacy: by a keyed hash of whose rows they are, so that nobody moves another. */
export function partUnits(
  dataset: Dataset,
  fraction: number,
  unitKey: Uint8Array,
): { training: Dataset; validation: Dataset } {
  const draws = unitDraws(dataset, unitKey, 'validation')
  const rows = allRows(dataset.rows)
  return {
    training: subset(
      dataset,
      rows.filter((row) => (draws[row] as number) >= fraction),
    ),
    validation: subset(
      dataset,
      rows.filter((row) => (draws[row] as number) < fraction),
    ),
  }
}
