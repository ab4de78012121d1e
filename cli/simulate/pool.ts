/**
 * The rows a simulation deals out, before anyone has encoded them.
 *
 * `--data` names a CSV or IDX file; a folder of CSV files, one a site; or a folder of IDX files, the way
 * MNIST comes: train images and labels, and a test set that becomes the hold-out.
 */
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { readData, rowCount, type DataFormat, type RawData } from '#engine/data/read.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { writeCsv, writeIdx } from '#engine/data/write.ts'
import { CollegiumError } from '#proto/errors.ts'
import { inFile, readBytes } from '#store/files.ts'

export interface Pool {
  readonly raw: RawData
  readonly format: DataFormat
  readonly rows: number
  /** One site name a row, when the data is a folder with one file a site. */
  readonly folderSites?: readonly string[]
  /** A test set that came with the data. */
  readonly test?: RawData
}

/** Rejects with `DATA_UNREADABLE` or the readers' codes, naming the file. */
export async function readPool(data: string, wanted: DataFormat | undefined): Promise<Pool> {
  const files = (await isFolder(data))
    ? (await readdir(data)).sort().map((file) => path.join(data, file))
    : undefined
  if (!files) {
    const format = wanted ?? (/idx|ubyte/.test(path.basename(data)) ? 'idx' : 'csv')
    const raw = format === 'idx' ? await readIdxPair(data, labelsBeside(data)) : await readFileAs('csv', data)
    return { raw, format, rows: rowCount(raw) }
  }
  const images = files.filter((file) => /images.*idx|idx.*images/.test(path.basename(file)))
  if (wanted === 'idx' || (wanted === undefined && images.length > 0)) return readIdxFolder(data, images)
  return readCsvFolder(
    data,
    files.filter((file) => /\.(csv|data|tsv|txt)$/.test(file)),
  )
}

async function readIdxFolder(folder: string, images: readonly string[]): Promise<Pool> {
  const train = images.find((file) => path.basename(file).startsWith('train')) ?? images[0]
  if (!train) throw new CollegiumError('DATA_UNREADABLE', `${folder} holds no IDX file of images.`)
  const test = images.find((file) => file !== train && /^(t10k|test)/.test(path.basename(file)))
  const raw = await readIdxPair(train, labelsBeside(train))
  const held = test && (await readIdxPair(test, labelsBeside(test)))
  return { raw, format: 'idx', rows: rowCount(raw), ...(held && { test: held }) }
}

async function readCsvFolder(folder: string, files: readonly string[]): Promise<Pool> {
  if (files.length < 2)
    throw new CollegiumError('DATA_UNREADABLE', `${folder} holds fewer than two CSV files.`)
  const tables = await Promise.all(
    files.map(async (file) => {
      const raw = await readFileAs('csv', file)
      if (raw.kind !== 'table') throw new CollegiumError('INTERNAL', 'A CSV file is a table.')
      return raw.table
    }),
  )
  const [first] = tables
  const columns = first?.columns ?? []
  tables.forEach((table, index) => {
    if (table.columns.join() !== columns.join())
      throw new CollegiumError('DATA_FORMAT', `${files[index]} and ${files[0]} have different columns.`)
  })
  const sites = siteNames(files)
  const rows = tables.flatMap((table) => table.rows)
  const folderSites = tables.flatMap((table, index) => table.rows.map(() => sites[index] ?? ''))
  return { raw: { kind: 'table', table: { columns, rows } }, format: 'csv', rows: rows.length, folderSites }
}

/** File names without what they have in common: processed.va.data and processed.switzerland.data are "va" and "switzerland". */
export function siteNames(files: readonly string[]): string[] {
  const words = files.map((file) => path.basename(file).split(/[._-]/))
  const differs = (word: string, index: number) => words.some((other) => other[index] !== word)
  const names = words.map((parts) => siteName(parts.filter(differs).join('-')))
  return new Set(names).size === names.length ? names : files.map((_, index) => `site-${index + 1}`)
}

/** Any label as a site's name: "North Wing" is "north-wing", 7 is "site-7". */
export function siteName(label: string): string {
  const slug = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 35)
  return /^[a-z]/.test(slug) ? slug : `site-${slug === '' ? 'x' : slug}`
}

/** The chosen rows of raw data, in the order given. */
export function pick(raw: RawData, rows: Int32Array): RawData {
  if (raw.kind === 'table')
    return {
      kind: 'table',
      table: { columns: raw.table.columns, rows: Array.from(rows, (row) => raw.table.rows[row] ?? []) },
    }
  const take = ({ shape, data }: typeof raw.items) => {
    const [, ...item] = shape
    const size = item.reduce((product, length) => product * length, 1)
    const taken =
      data instanceof Uint8Array ? new Uint8Array(rows.length * size) : new Float32Array(rows.length * size)
    rows.forEach((row, at) => taken.set(data.subarray(row * size, (row + 1) * size), at * size))
    return { shape: [rows.length, ...item], data: taken }
  }
  return { kind: 'tensor', items: take(raw.items), ...(raw.labels && { labels: take(raw.labels) }) }
}

/** The bytes of a file with these rows. */
export function fileOf(raw: RawData): { bytes: Uint8Array; labels?: Uint8Array } {
  if (raw.kind === 'table') return { bytes: writeCsv(raw.table) }
  return { bytes: writeIdx(raw.items), ...(raw.labels && { labels: writeIdx(raw.labels) }) }
}

/** A schema for images, from their shape and the labels that occur. */
export function tensorSchema({ raw, test }: Pool): FeatureSchema {
  if (raw.kind !== 'tensor' || !raw.labels)
    throw new CollegiumError('DATA_FORMAT', 'The IDX data have no file of labels.')
  const found = new Set(
    [raw, ...(test ? [test] : [])].flatMap((part) =>
      part.kind === 'tensor' ? [...(part.labels?.data ?? [])] : [],
    ),
  )
  const classes = [...found]
    .sort((a, b) => a - b)
    .map((label) => ({ name: String(label), values: [String(label)] }))
  const divideBy = raw.items.data instanceof Uint8Array ? 255 : 1
  return {
    version: 1,
    features: { kind: 'tensor', shape: raw.items.shape.slice(1), divideBy },
    target: { classes },
  }
}

export async function readFileAs(format: DataFormat, file: string, labels?: string): Promise<RawData> {
  const bytes = await readBytes(file)
  const labelBytes = labels === undefined ? undefined : await readBytes(labels)
  return inFile(file, () => readData({ format, bytes, ...(labelBytes && { labels: labelBytes }) }))
}

/** A public or hold-out file; IDX labels lie beside it or are absent. */
export async function readSetFile(format: DataFormat, file: string): Promise<RawData> {
  const labels = format === 'idx' ? labelsBeside(file) : undefined
  return readFileAs(format, file, labels !== undefined && existsSync(labels) ? labels : undefined)
}

const readIdxPair = (images: string, labels: string | undefined) => readFileAs('idx', images, labels)

/** train-images-idx3-ubyte.gz has its labels in train-labels-idx1-ubyte.gz. */
function labelsBeside(images: string): string | undefined {
  const name = path.basename(images).replace('images', 'labels').replace('idx3', 'idx1')
  return name === path.basename(images) ? undefined : path.join(path.dirname(images), name)
}

const isFolder = (name: string) =>
  stat(name).then(
    (found) => found.isDirectory(),
    (cause: unknown) => {
      throw new CollegiumError('DATA_UNREADABLE', `${name} does not exist or cannot be read.`, { cause })
    },
  )
