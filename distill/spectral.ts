/**
 * Features of any width from a Gram matrix: with G = Q L Q', the rows of Q_d L_d^(1/2) have the inner products that
 * come closest to G among all features of width d (Eckart and Young 1936; classical scaling, Torgerson 1952).
 *
 *     G [B, B], a sum over sites  ->  target [B, d] for a student whose layer is d wide
 *
 * Eigenvectors by Jacobi's rotations (Golub and Van Loan, "Matrix Computations", algorithm 8.4.3): slower than others
 * and hard to get wrong, and blocks are small.
 */

/** Sweeps enough for any matrix; in practice six or so turn every entry beside the diagonal to 0. */
const SWEEPS = 60

/**
 * `gram` is size x size and symmetric; the result size x width, row-major. Columns come by falling eigenvalue, each
 * with its largest entry positive, and those beyond the matrix's rank are 0.
 */
export function spectralTarget(gram: ArrayLike<number>, size: number, width: number): Float32Array {
  const { values, vectors } = eigenpairs(gram, size)
  const order = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]!)
  const target = new Float32Array(size * width)
  for (const [column, chosen] of order.slice(0, width).entries()) {
    const vector = Array.from({ length: size }, (_, row) => vectors[row * size + chosen]!)
    const largest = vector.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a))
    const scale = Math.sign(largest) * Math.sqrt(Math.max(0, values[chosen]!))
    for (const [row, entry] of vector.entries()) target[row * width + column] = scale * entry
  }
  return target
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
