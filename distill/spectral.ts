/**
 * Coordinates of any width from inner products: with G = Q L Q', the rows of Q_d L_d^(1/2) have the inner products that
 * come closest to G among all vectors of width d (Eckart and Young 1936; classical scaling, Torgerson 1952).
 *
 * Eigenvectors by Jacobi's rotations (Golub and Van Loan, "Matrix Computations", algorithm 8.4.3): slower than others
 * and hard to get wrong, and blocks are small.
 */

/** Sweeps enough for any matrix; in practice six or so turn every entry beside the diagonal to 0. */
const SWEEPS = 60

/**
 * Coordinates of items of which only the inner products with `landmarks` of them are known: C Q_d L_d^(-1/2), with Q and
 * L of the landmarks' own matrix (Nystrom; landmark scaling, de Silva and Tenenbaum 2004). `cosines` is rows x landmarks,
 * row-major, and its first rows are those of the landmarks; the result is rows x width. Exact where the landmarks span
 * what the items do. Columns come by falling eigenvalue, each with its vector's largest entry positive. An eigenvalue below a ten-thousandth of the largest says nothing but rounding, and gives 0.
 */
export function landmarkTarget(cosines: ArrayLike<number>, landmarks: number, width: number): Float32Array {
  const rows = cosines.length / landmarks
  const target = new Float32Array(rows * width)
  const own = Array.from({ length: landmarks ** 2 }, (_, at) => cosines[at]!)
  const pairs = leading(own, landmarks, width)
  const least = 1e-4 * (pairs[0]?.value ?? 0)
  for (const [column, { value, vector }] of pairs.entries()) {
    if (value <= least) continue
    for (let row = 0; row < rows; row++) {
      let along = 0
      for (const [k, entry] of vector.entries()) along += cosines[row * landmarks + k]! * entry
      target[row * width + column] = along / Math.sqrt(value)
    }
  }
  return target
}

/** The `count` largest eigenvalues, 0 at least, with vectors whose largest entries are positive. */
function leading(
  gram: ArrayLike<number>,
  size: number,
  count: number,
): { value: number; vector: number[] }[] {
  const { values, vectors } = eigenpairs(gram, size)
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]!)
  return order.slice(0, count).map((chosen) => {
    const vector = Array.from({ length: size }, (_, row) => vectors[row * size + chosen]!)
    const largest = vector.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a))
    const sign = Math.sign(largest)
    return { value: Math.max(0, values[chosen]!), vector: vector.map((entry) => sign * entry) }
  })
}

/** Eigenvalues, and eigenvectors as the columns of a size x size matrix. */
function eigenpairs(gram: ArrayLike<number>, size: number): { values: Float64Array; vectors: Float64Array } {
  const a = Float64Array.from(gram)
  const vectors = Float64Array.from({ length: size * size }, (_, i) => Number(i % (size + 1) === 0))
  const scale = a.reduce((total, x) => total + x * x, 0)
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(a, size) > 1e-24 * scale; sweep++)
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, size, p, q)
  return { values: Float64Array.from({ length: size }, (_, i) => a[i * size + i]!), vectors }
}

function offDiagonal(a: Float64Array, size: number): number {
  return a.reduce((total, x, i) => (i % (size + 1) === 0 ? total : total + x * x), 0)
}

/** Turns the plane of axes p and q so that a[p, q] becomes 0. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const across = a[p * size + q]!
  if (across === 0) return
  const half = (a[q * size + q]! - a[p * size + p]!) / (2 * across)
  const tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.hypot(1, half))
  const cosine = 1 / Math.hypot(1, tangent)
  const sine = tangent * cosine
  const turn = (matrix: Float64Array, at: (k: number, axis: number) => number): void => {
    for (let k = 0; k < size; k++) {
      const [x, y] = [matrix[at(k, p)]!, matrix[at(k, q)]!]
      matrix[at(k, p)] = cosine * x - sine * y
      matrix[at(k, q)] = sine * x + cosine * y
    }
  }
  turn(a, (k, axis) => k * size + axis)
  turn(a, (k, axis) => axis * size + k)
  turn(vectors, (k, axis) => k * size + axis)
}
