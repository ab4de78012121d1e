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
 * First, answers add up to one and noise does not: what a row is off by is taken from its classes in equal parts, and
 * of C classes' noise (C - 1) / C is left. Then the likeliest of a few s and l is taken, s up to what answers without
 * doubt would vary by. (What the values vary more than the noise is no measure of s: it is a difference of two large
 * numbers where the noise is large, and by chance as often far too much as nothing.) Where no s makes the answers
 * likelier than their mean does, they tell nothing of any item, and only the mean is left.
 *
 * Only public items and released sums go in, so it costs no privacy at all (post-processing). Without smoothing a
 * student learns the noise by heart.
 */
export interface NoisyAnswers {
  readonly rows: number
  /** rows x numbers, in which similar items are near each other. */
  readonly inputs: Float32Array
  /** rows x classes, row-major; without the noise each row would add up to one. */
  readonly values: Float64Array
  readonly classes: number
  /** Standard deviation of the noise on each value, above 0. */
  readonly noiseStdDev: number
}

/** Items smoothed together: the work grows with the cube. */
const BLOCK = 2000
/** Items of a block that are likely together, or not. */
const SAMPLE = 250
/** Lengths tried, in root median squared distances. */
const LENGTHS = [0.25, 0.5, 0.7, 1, 1.4, 2]
/** Variances tried, in those of answers without doubt. */
const VARIANCES = [1, 0.3, 0.1, 0.03, 0.01]
/** The rarest that a class is thought to be. */
const RAREST = 0.01

/** The expected values without the noise, rows x classes; each row adds up to one, though a value may lie outside of [0, 1]. */
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
  const { rows, classes } = answers
  const values = addedUpToOne(answers)
  const noise = (answers.noiseStdDev ** 2 * (classes - 1)) / classes
  const means = Array.from({ length: classes }, (_, k) => mean(column(values, classes, k)))
  const centred = means.map((mean, k) => column(values, classes, k).map((value) => value - mean))
  const distances = squaredDistances(answers)
  const kept = likeliest(distances, centred, { noise, certain: mean(means.map(bernoulliVariance)) })
  const smoothed = values.map((_, at) => means[at % classes] as number)
  if (!kept) return smoothed

  const covariance = kernel(distances, kept)
  const { solve } = factorise(covariance.slice(), rows, noise)
  for (const [k, column] of centred.entries()) {
    const weights = solve(column)
    for (let row = 0; row < rows; row++)
      smoothed[row * classes + k]! += dot(covariance.subarray(row * rows, (row + 1) * rows), weights)
  }
  return smoothed
}

interface Kernel {
  /** s^2 */
  readonly variance: number
  /** l^2 */
  readonly squaredLength: number
}

/** The kernel that makes the answers likeliest, sample by sample; none where their mean alone makes them likelier. */
function likeliest(
  distances: Float64Array,
  centred: readonly Float64Array[],
  { noise, certain }: { readonly noise: number; readonly certain: number },
): Kernel | undefined {
  const rows = Math.sqrt(distances.length)
  const count = Math.ceil(rows / SAMPLE)
  const samples = Array.from({ length: count }, (_, i) => {
    const [from, to] = [i, i + 1].map((edge) => Math.floor((edge * rows) / count)) as [number, number]
    return { from, to, distances: crop(distances, rows, from, to) }
  })
  const usual = median(distances) || 1
  const logLikelihood = (tried: Kernel): number =>
    samples.reduce((sum, { from, to, distances }) => {
      const { logDeterminant, solve } = factorise(kernel(distances, tried), to - from, noise)
      const parts = centred.map((column) => column.subarray(from, to))
      return sum - parts.reduce((sum, part) => sum + dot(part, solve(part)) + logDeterminant, 0) / 2
    }, 0)
  const meanAlone = -centred.reduce((sum, y) => sum + dot(y, y) / noise + rows * Math.log(noise), 0) / 2
  return LENGTHS.flatMap((length) =>
    VARIANCES.map((share) => ({ variance: share * certain, squaredLength: usual * length ** 2 })),
  ).reduce<{ readonly kept?: Kernel; readonly best: number }>(
    (so, tried) => {
      const found = logLikelihood(tried)
      return found > so.best ? { kept: tried, best: found } : so
    },
    { best: meanAlone },
  ).kept
}

/** How much an answer that is always 0 or 1 varies, 1 so often; noise may bring the mean outside of (0, 1). */
function bernoulliVariance(mean: number): number {
  const p = Math.min(Math.max(mean, RAREST), 1 - RAREST)
  return p * (1 - p)
}

/** The values moved so that rows add up to one: by as much for each class. */
function addedUpToOne({ values, classes }: NoisyAnswers): Float64Array {
  const added = values.slice()
  for (let at = 0; at < values.length; at += classes) {
    const off = (values.subarray(at, at + classes).reduce((a, b) => a + b, 0) - 1) / classes
    for (let k = 0; k < classes; k++) added[at + k]! -= off
  }
  return added
}

const kernel = (distances: Float64Array, { variance, squaredLength }: Kernel): Float64Array =>
  distances.map((distance) => variance * Math.exp(-distance / (2 * squaredLength)))

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

/** Rows and columns `from` to before `to`. */
function crop(matrix: Float64Array, rows: number, from: number, to: number): Float64Array {
  const wanted = to - from
  const cropped = new Float64Array(wanted * wanted)
  for (let i = 0; i < wanted; i++)
    cropped.set(matrix.subarray((from + i) * rows + from, (from + i) * rows + to), i * wanted)
  return cropped
}

const column = (values: Float64Array, classes: number, k: number): Float64Array =>
  Float64Array.from({ length: values.length / classes }, (_, row) => values[row * classes + k] as number)
const mean = (values: Float64Array | readonly number[]): number =>
  (values as Float64Array).reduce((a, b) => a + b, 0) / values.length
const median = (values: Float64Array): number => values.toSorted()[values.length >> 1] as number
const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
