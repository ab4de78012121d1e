/**
 * CSV bytes to a table of strings. What a cell means (a number, a category, a missing value) is the shared
 * schema's business; here only the shape of the file is checked.
 */
import { parse, CsvError } from 'csv-parse/sync'
import { EngineError } from '../errors.ts'

export interface Table {
  readonly columns: readonly string[]
  /** Every row has exactly one cell per column, with surrounding blanks removed. */
  readonly rows: readonly (readonly string[])[]
}

export interface CsvOptions {
  /** true: the first line names the columns (default); false: they are named c1, c2, ...; or the names. */
  readonly header?: boolean | readonly string[]
  /** Found from the first line when absent. */
  readonly delimiter?: Delimiter
}

export type Delimiter = ',' | ';' | '\t' | ' '

/**
 * Reads UTF-8 CSV: quoted cells, LF or CRLF, an optional byte order mark, empty lines skipped.
 * Delimiters are comma, semicolon, tab, or runs of blanks (such files have no quoted cells).
 *
 * Rejects with `DATA_EMPTY` (no row) or `DATA_FORMAT` (names the line).
 */
export function readCsv(bytes: Uint8Array, options: CsvOptions = {}): Table {
  const text = decodeText(bytes)
  const delimiter = options.delimiter ?? sniffDelimiter(text)
  const records = delimiter === ' ' ? splitOnBlanks(text) : parseQuoted(text, delimiter)
  const first = records[0]
  if (!first) throw new EngineError('DATA_EMPTY', 'The file is empty.')

  const header = options.header ?? true
  const columns =
    header === true ? first.cells : header === false ? first.cells.map((_, i) => `c${i + 1}`) : header
  const body = header === true ? records.slice(1) : records
  if (body.length === 0) throw new EngineError('DATA_EMPTY', 'The file has a header line and no rows.')
  checkNames(columns)
  for (const { cells, line } of body)
    if (cells.length !== columns.length)
      throw new EngineError(
        'DATA_FORMAT',
        `Line ${line} has ${count(cells.length, 'cell')}; the table has ${count(columns.length, 'column')}.`,
      )
  return { columns, rows: body.map(({ cells }) => cells) }
}

interface RecordAt {
  readonly cells: string[]
  readonly line: number
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new EngineError('DATA_FORMAT', 'The file is not UTF-8 text.', { cause })
  }
}

/** The commonest of `,` `;` tab outside quotes in the first line; blanks when there is none of them. */
export function sniffDelimiter(text: string): Delimiter {
  const line = (/^\s*([^\r\n]*)/.exec(text)?.[1] ?? '').replace(/"(?:[^"]|"")*"/g, 'quoted')
  let best: Delimiter | undefined
  let most = 0
  for (const candidate of [',', ';', '\t'] as const) {
    const found = line.split(candidate).length - 1
    if (found > most) [best, most] = [candidate, found]
  }
  return best ?? (/\S[ ]+\S/.test(line) ? ' ' : ',')
}

function splitOnBlanks(text: string): RecordAt[] {
  return text
    .split(/\r?\n/)
    .map((row, index) => ({ cells: row.trim().split(/\s+/), line: index + 1 }))
    .filter(({ cells }) => cells[0] !== '')
}

function parseQuoted(text: string, delimiter: string): RecordAt[] {
  try {
    const records = parse(text, {
      delimiter,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    const line =
      typeof cause.lines === 'number' ? `Line ${cause.lines} cannot be read` : 'The file cannot be read'
    throw new EngineError('DATA_FORMAT', `${line} as CSV: ${sentence(cause.message)}`, { cause })
  }
}

function checkNames(columns: readonly string[]): void {
  const seen = new Set<string>()
  columns.forEach((name, index) => {
    if (name === '')
      throw new EngineError('DATA_FORMAT', `Column ${index + 1} has no name in the header line.`)
    if (seen.has(name))
      throw new EngineError('DATA_FORMAT', `The header line names the column "${name}" twice.`)
    seen.add(name)
  })
}

function sentence(message: string): string {
  return message.endsWith('.') ? message : `${message}.`
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
