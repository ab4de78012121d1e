/**
 * Items: which rows of a transfer set a question asks about.
 *
 * A slice is its first row and how many. Any other selection has a bitmap besides, least significant bit first, that
 * begins at the first row and ends with the byte of the last: a bit says whether that row is asked about. Of any
 * selection there is one spelling, so equal questions are equal bytes. Rows 3, 4 and 9, for example, are
 *
 *     firstRow 3, rowCount 3, bitmap 0b01000011      (bits 0, 1 and 6: rows 3 + 0, 3 + 1, 3 + 6)
 *
 * A bitmap takes a bit for each row it spans, less than any list of numbers unless fewer than one row in eight is
 * asked about, and its size says nothing about which.
 */
export interface Items {
  /** The first row asked about. */
  readonly firstRow: number
  /** How many rows are asked about. */
  readonly rowCount: number
  /** Base64; absent for rows that follow each other without a gap. */
  readonly bitmap?: string
}

/** `rows` ascend, each once; there is one at least. */
export function itemsOf(rows: ArrayLike<number>): Items {
  const [firstRow, last] = [rows[0] ?? 0, rows[rows.length - 1] ?? 0]
  const rowCount = rows.length
  if (last - firstRow + 1 === rowCount) return { firstRow, rowCount }
  const bits = new Uint8Array(((last - firstRow) >> 3) + 1)
  for (let i = 0; i < rowCount; i++) {
    const at = (rows[i] as number) - firstRow
    bits[at >> 3] = (bits[at >> 3] as number) | (1 << (at & 7))
  }
  return { firstRow, rowCount, bitmap: Buffer.from(bits).toString('base64') }
}

/** The rows asked about, ascending. */
export function rowsOf({ firstRow, rowCount, bitmap }: Items): Int32Array {
  if (bitmap === undefined) return Int32Array.from({ length: rowCount }, (_, i) => firstRow + i)
  const rows = new Int32Array(rowCount)
  let found = 0
  Buffer.from(bitmap, 'base64').forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) rows[found++] = firstRow + index * 8 + bit
  })
  return rows
}

/** Whether two selections of the same transfer set have a row in common. */
export function haveCommonRow(one: Items, other: Items): boolean {
  const apart = (a: Items, b: Items) => a.bitmap === undefined && a.firstRow + a.rowCount <= b.firstRow
  if (apart(one, other) || apart(other, one)) return false
  if (one.bitmap === undefined && other.bitmap === undefined) return true
  const known = new Set(rowsOf(one))
  return rowsOf(other).some((row) => known.has(row))
}

/** What keeps these from being items of a transfer set of `rows` rows, in a phrase; undefined where nothing does. */
export function itemsProblem({ firstRow, rowCount, bitmap }: Items, rows: number): string | undefined {
  const beyond = 'its items run past the end of the transfer set'
  if (firstRow + rowCount > rows) return beyond
  if (bitmap === undefined) return undefined
  const bits = Buffer.from(bitmap, 'base64')
  const last = bits.at(-1) ?? 0
  if (((bits[0] ?? 0) & 1) === 0 || last === 0)
    return 'the bitmap of its items neither begins at the first nor ends at the last'
  const span = (bits.length - 1) * 8 + (32 - Math.clz32(last))
  if (firstRow + span > rows) return beyond
  const counted = bits.reduce((sum, byte) => sum + onesIn(byte), 0)
  if (counted !== rowCount) return `the bitmap of its items has ${counted} of them, not ${rowCount}`
  return span === rowCount ? 'its items follow each other and have a bitmap all the same' : undefined
}

function onesIn(byte: number): number {
  let ones = 0
  for (let rest = byte; rest > 0; rest &= rest - 1) ones++
  return ones
}
