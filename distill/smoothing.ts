/**
 * Noisy answers about similar items say more together than each alone.
 *
 * Under differential privacy every value of a sum carries noise of a known standard deviation, often larger than
 * what it is to tell. But the teachers' answers are a smooth function of the item and the noise is not, so a
 * Gaussian process separates them as well as anything linear can (Rasmussen and Williams 2006, equations 2.23
 * and 5.8). For each class, with answers y = f + noise at the items x_1 .. x_n,
 *
 *     k(x, x') = s^2 exp(-|x - x'|^2 / 2 l^2)
 *     E[f | y] = mean + K (K + noise^2 I)^-1 (y - mean)
 *
 * s^2 is what the answers vary more than the noise does. Of a few lengths l, multiples of the usual distance of
 * two items, the likeliest is taken. Only public items and released sums go in, so it costs no privacy at all
 * (post-processing). Without smoothing a student learns the noise by heart.
 */
export interface NoisyAnswers {
  readonly rows: number
  /** rows x features. */
  readonly inputs: Float32Array
  /** rows x classes, row-major. */
  readonly values: Float64Array
  readonly classes: number
  /** Standard deviation of the noise on each value, above 0. */
  readonly noiseStdDev: number
}

/** Items smoothed together: the work grows with the cube. */
const BLOCK = 2000
/** Items that choose the length. */
const SAMPLE = 500
/** Lengths tried, in root median squared distances. */
const LENGTHS = [0.25, 0.35, 0.5, 0.7, 1, 1.4, 2]
/** Variance of f below which there is nothing to be seen. */
const LEAST_VARIANCE = 1e-6

/** The expected values without the noise, rows x classes; rows still add up to what they did on average. */
export function smoothAnswers(answers: NoisyAnswers): Float64Array {
  const { rows, classes } = answers
  const smoothed = new Float64Array(rows * classes)
  const blocks = Math.ceil(rows / BLOCK)
  for (let block = 0; block < blocks; block++) {
    const [from, to] = [block, block + 1].map((i) => Math.floor((i * rows) / blocks)) as [number, number]
    smoothed.set(smoothBlock(slice(answers, from, to)), from * classes)
  }
  return smoothed
}

/** The nearest point of the probability simplex for each row (Duchi et al. 2008, algorithm 1). */
export function ontoSimplex(values: Float64Array, classes: number): Float64Array {
  const projected = new Float64Array(values.length)
  for (let at = 0; at < values.length; at += classes) {
    const row = values.subarray(at, at + classes)
    const sorted = row.toSorted((a, b) => b - a)
    let [sum, shift] = [0, 0]
    sorted.forEach((value, index) => {
      sum += value
      if (value > (sum - 1) / (index + 1)) shift = (sum - 1) / (index + 1)
    })
    row.forEach((value, index) => (projected[at + index] = Math.max(0, value - shift)))
  }
  return projected
}

function smoothBlock(answers: NoisyAnswers): Float64Array {
  const { rows, classes, values, noiseStdDev } = answers
  const means = Array.from({ length: classes }, (_, k) => mean(column(values, classes, k)))
  const centred = values.map((value, at) => value - (means[at % classes] as number))
  const spread = centred.reduce((sum, value) => sum + value * value, 0) / centred.length
  const variance = Math.max(LEAST_VARIANCE, spread - noiseStdDev ** 2)
  const distances = squaredDistances(answers)
  const noise = noiseStdDev ** 2

  const sample = Math.min(rows, SAMPLE)
  const few = crop(distances, rows, sample)
  const usual = median(few) || 1
  const likelihoods = LENGTHS.map((length) => {
    const { logDeterminant, solve } = factorise(kernel(few, usual * length ** 2, variance), sample, noise)
    const fit = Array.from({ length: classes }, (_, k) => {
      const y = column(centred, classes, k).subarray(0, sample)
      return dot(y, solve(y))
    }).reduce((sum, each) => sum + each, 0)
    return -(fit + classes * logDeterminant) / 2
  })
  const length = LENGTHS[likelihoods.indexOf(Math.max(...likelihoods))] as number

  const covariance = kernel(distances, usual * length ** 2, variance)
  const { solve } = factorise(covariance.slice(), rows, noise)
  const smoothed = new Float64Array(values.length)
  for (let k = 0; k < classes; k++) {
    const weights = solve(column(centred, classes, k))
    for (let row = 0; row < rows; row++)
      smoothed[row * classes + k] =
        (means[k] as number) + dot(covariance.subarray(row * rows, (row + 1) * rows), weights)
  }
  return smoothed
}

const kernel = (distances: Float64Array, scale: number, variance: number): Float64Array =>
  distances.map((distance) => variance * Math.exp(-distance / (2 * scale)))

/** Cholesky of K + noise I, in place of K: ln det, and the solution of (K + noise I) x = y. */
function factorise(matrix: Float64Array, n: number, noise: number) {
  let logDeterminant = 0
  for (let i = 0; i < n; i++) {
    const rowI = matrix.subarray(i * n, i * n + n)
    for (let j = 0; j <= i; j++) {
      const rowJ = matrix.subarray(j * n, j * n + n)
      let sum = (rowI[j] as number) + (i === j ? noise : 0)
      for (let k = 0; k < j; k++) sum -= (rowI[k] as number) * (rowJ[k] as number)
      // Rounding alone can bring a pivot below the noise, which is its least.
      rowI[j] = i === j ? Math.sqrt(Math.max(sum, noise)) : sum / (rowJ[j] as number)
    }
    logDeterminant += 2 * Math.log(rowI[i] as number)
  }
  const solve = (y: Float64Array): Float64Array => {
    const x = y.slice()
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < i; k++) x[i]! -= (matrix[i * n + k] as number) * (x[k] as number)
      x[i]! /= matrix[i * n + i] as number
    }
    for (let i = n - 1; i >= 0; i--) {
      for (let k = i + 1; k < n; k++) x[i]! -= (matrix[k * n + i] as number) * (x[k] as number)
      x[i]! /= matrix[i * n + i] as number
    }
    return x
  }
  return { logDeterminant, solve }
}

function squaredDistances({ rows, inputs }: NoisyAnswers): Float64Array {
  const features = inputs.length / rows
  const distances = new Float64Array(rows * rows)
  for (let i = 0; i < rows; i++) {
    const one = inputs.subarray(i * features, (i + 1) * features)
    for (let j = 0; j < i; j++) {
      let sum = 0
      const at = j * features
      for (let k = 0; k < features; k++) sum += ((one[k] as number) - (inputs[at + k] as number)) ** 2
      distances[i * rows + j] = distances[j * rows + i] = sum
    }
  }
  return distances
}

function slice(answers: NoisyAnswers, from: number, to: number): NoisyAnswers {
  const { rows, inputs, values, classes } = answers
  const features = inputs.length / rows
  return {
    ...answers,
    rows: to - from,
    inputs: inputs.subarray(from * features, to * features),
    values: values.subarray(from * classes, to * classes),
  }
}

/** The first `wanted` rows and columns. */
function crop(matrix: Float64Array, rows: number, wanted: number): Float64Array {
  const cropped = new Float64Array(wanted * wanted)
  for (let i = 0; i < wanted; i++) cropped.set(matrix.subarray(i * rows, i * rows + wanted), i * wanted)
  return cropped
}

const column = (values: Float64Array, classes: number, k: number): Float64Array =>
  Float64Array.from({ length: values.length / classes }, (_, row) => values[row * classes + k] as number)
const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length
const median = (values: Float64Array): number => values.toSorted()[values.length >> 1] as number
const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
