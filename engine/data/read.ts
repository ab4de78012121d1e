/** From the bytes of a data file, in any format we read, to what `encodeDataset` takes. */
import { readCsv, type CsvOptions, type Table } from './csv.ts'
import { readIdx, type IdxArray } from './idx.ts'

export const dataFormats = ['csv', 'idx'] as const
export type DataFormat = (typeof dataFormats)[number]

/** A data file, read but not yet encoded. */
export type RawData =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'tensor'; readonly items: IdxArray; readonly labels?: IdxArray }

export interface DataFileBytes {
  readonly format: DataFormat
  readonly bytes: Uint8Array
  /** The separate file of labels that IDX keeps. */
  readonly labels?: Uint8Array
  readonly csv?: CsvOptions
}

/** Rejects with `DATA_EMPTY` or `DATA_FORMAT`. */
export function readData({ format, bytes, labels, csv }: DataFileBytes): RawData {
  if (format === 'csv') return { kind: 'table', table: readCsv(bytes, csv) }
  const items = readIdx(bytes)
  return labels ? { kind: 'tensor', items, labels: readIdx(labels) } : { kind: 'tensor', items }
}

export function rowCount(raw: RawData): number {
  return raw.kind === 'table' ? raw.table.rows.length : (raw.items.shape[0] ?? 0)
}
