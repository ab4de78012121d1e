/** Row-major matrices in flat arrays: chosen rows, and one under another. */

/** The chosen rows of rows x `width`, in the order given. */
export function rowsOfMatrix(matrix: Float32Array, width: number, rows: ArrayLike<number>): Float32Array {
  const chosen = new Float32Array(rows.length * width)
  for (let index = 0; index < rows.length; index++) {
    const from = (rows[index] as number) * width
    chosen.set(matrix.subarray(from, from + width), index * width)
  }
  return chosen
}

/** One after another. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((total, { length }) => total + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
