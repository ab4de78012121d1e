/** Blocks of columns in a row-major matrix: where each of several heads has its outputs. */

/** Which columns of a matrix `width` wide. */
export interface Columns {
  readonly from: number
  readonly count: number
  readonly width: number
}

/** Blocks of these widths, side by side. */
export function columnsOf(widths: readonly number[]): Columns[] {
  const width = widths.reduce((sum, each) => sum + each, 0)
  let from = 0
  return widths.map((count) => {
    const columns = { from, count, width }
    from += count
    return columns
  })
}

/** The block, rows x `count`; the matrix itself where the block is all of it. */
export function takeColumns(matrix: Float32Array, { from, count, width }: Columns): Float32Array {
  if (count === width) return matrix
  const rows = matrix.length / width
  const block = new Float32Array(rows * count)
  for (let row = 0; row < rows; row++)
    block.set(matrix.subarray(row * width + from, row * width + from + count), row * count)
  return block
}

/** Blocks of the same rows side by side: what `takeColumns` takes apart. */
export function besideEachOther(blocks: readonly Float32Array[], widths: readonly number[]): Float32Array {
  const [first] = blocks
  if (first && blocks.length === 1) return first
  const places = columnsOf(widths)
  const width = places[0]?.width ?? 0
  const rows = (first?.length ?? 0) / (widths[0] ?? 1)
  const matrix = new Float32Array(rows * width)
  blocks.forEach((block, at) => {
    const { from, count } = places[at] as Columns
    for (let row = 0; row < rows; row++)
      matrix.set(block.subarray(row * count, (row + 1) * count), row * width + from)
  })
  return matrix
}
