/**
 * Fits a classifier to a site, whose rows fall into the classes otherwise than everybody's do.
 *
 * One student is taught for all sites. Where 93 % of the rows are of the ill it is too doubtful, where 13 % are it is
 * too alarmed, and no teaching mends both. A site mends it for itself, from rows that it has anyway: it scales what the
 * student gives by 1 / temperature and adds a bias for each class (bias-corrected temperature scaling: Alexandari, Kundaje
 * and Shrikumar, ICML 2020, arXiv 1901.06852). Were the classes' shares all that differs, the right bias would be the log of
 * how much more common the class is at the site (Saerens, Latinne and Decaestecker, Neural Computation 14, 2002).
 *
 * The least log-loss on few rows would bar a class that they happen to lack. So the site's n rows vote beside ten imaginary
 * ones, dealt over the same rows, with the classes that the student itself expects there: a pseudo-count. Of a student
 * that says 1/2 everywhere, at a site with 18 rows of one class and 2 of the other,
 *
 *     odds  (18 + 5) : (2 + 5) = 3.3        where counts alone would say 9, and a site of no rows says 1
 *
 * The imaginary votes cost least where nothing is changed. So a fit never has more log-loss on the site's rows than
 * the student had there.
 */
import type { Dataset } from '#engine/data/dataset.ts'
import { softmaxRows, type Predictor } from '#engine/predictor.ts'
import { COLDEST, HOTTEST, type LabelledLogits } from './temperature-scaling.ts'

/** Fitted logits are logits / temperature + biases. */
export interface SiteFit {
  /** 0.05 to 20; lower is surer. */
  readonly temperature: number
  /** One a class, adding up to 0. */
  readonly biases: Float64Array
}

/** How many rows' worth of belief in the student a site's rows have to outvote. */
const IMAGINARY_ROWS = 10
/** Decides between fits that no row tells apart, such as one bias more on all classes: the one nearest to no change. */
const RIDGE = 1e-6
const MOST_STEPS = 100

/** Of rows x `classes` logits. The loss is convex, so the fit is the only one; without rows it changes nothing. */
export function fitToSite({ logits, labels }: LabelledLogits, classes: number): SiteFit {
  const rows = labels.length
  const belief = IMAGINARY_ROWS / Math.max(1, rows)
  const votes = Float64Array.from(softmaxRows(logits, classes), (expected) => belief * expected)
  labels.forEach((label, row) => (votes[row * classes + label]! += 1))
  const problem = { logits, votes, rows, classes }

  const free = minimised(problem, unchanged(classes, 1), true)
  const scale = Math.max(1 / HOTTEST, Math.min(1 / COLDEST, free[0]!))
  // A convex loss that is least beyond a bound is, within it, least at the bound.
  const solved = scale === free[0] ? free : minimised(problem, unchanged(classes, scale), false)
  const biases = solved.slice(1)
  const mean = biases.reduce((sum, bias) => sum + bias, 0) / classes
  return { temperature: 1 / scale, biases: biases.map((bias) => bias - mean) }
}

/** The same of a dataset, whose rows the student is asked about. */
export async function fitToRows(
  { inputs, rows, labels = new Int32Array(), classes }: Dataset,
  student: Pick<Predictor, 'logits'>,
): Promise<SiteFit> {
  return fitToSite({ logits: await student.logits(inputs, rows), labels }, classes.length)
}

/** Rows x classes, as the fit would have them. */
export function fitted(logits: Float32Array, { temperature, biases }: SiteFit): Float32Array {
  return logits.map((logit, at) => logit / temperature + biases[at % biases.length]!)
}

interface Problem {
  readonly logits: Float32Array
  /** How much each class is voted for in each row. */
  readonly votes: Float64Array
  readonly rows: number
  readonly classes: number
}

/** Scale and biases, the unknowns, in one vector. */
const unchanged = (classes: number, scale: number): Float64Array =>
  Float64Array.from({ length: classes + 1 }, (_, at) => (at === 0 ? scale : 0))

/** Newton's method, each step halved until it lowers the loss. With `scaling` false the scale stays as it starts. */
function minimised(problem: Problem, start: Float64Array, scaling: boolean): Float64Array {
  let at = start
  let { loss, gradient, hessian } = curvature(problem, at)
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (!scaling) pin(gradient, hessian)
    const step = solve(hessian, gradient)
    const promised = step.reduce((sum, each, i) => sum + each * gradient[i]!, 0)
    if (promised < 1e-10) break
    let length = 1
    let next = curvature(problem, moved(at, step, length))
    while (next.loss > loss && length > 1e-6) {
      length /= 2
      next = curvature(problem, moved(at, step, length))
    }
    if (next.loss > loss) break
    at = moved(at, step, length)
    ;({ loss, gradient, hessian } = next)
  }
  return at
}

const moved = (from: Float64Array, step: Float64Array, length: number): Float64Array =>
  from.map((value, i) => value - length * step[i]!)

/** The votes' log-loss in nats, with its first and second derivatives by scale and biases. */
function curvature({ logits, votes, rows, classes }: Problem, at: Float64Array) {
  const size = classes + 1
  const gradient = Float64Array.from(at, (value, i) => RIDGE * (value - (i === 0 ? 1 : 0)))
  const hessian = Array.from({ length: size }, (_, i) => new Float64Array(size).fill(RIDGE, i, i + 1))
  let loss = at.reduce((sum, value, i) => sum + (RIDGE / 2) * (value - (i === 0 ? 1 : 0)) ** 2, 0)
  const p = new Float64Array(classes)
  for (let row = 0; row < rows; row++) {
    const z = logits.subarray(row * classes, (row + 1) * classes)
    const vote = votes.subarray(row * classes, (row + 1) * classes)
    const weight = vote.reduce((sum, each) => sum + each, 0)
    let top = -Infinity
    for (let c = 0; c < classes; c++) top = Math.max(top, (p[c] = at[0]! * z[c]! + at[c + 1]!))
    let total = 0
    for (let c = 0; c < classes; c++) {
      loss += vote[c]! * (top - p[c]!)
      total += p[c] = Math.exp(p[c]! - top)
    }
    loss += weight * Math.log(total)
    let mean = 0
    for (let c = 0; c < classes; c++) mean += (p[c]! /= total) * z[c]!
    for (let c = 0; c < classes; c++) {
      const [excess, spread] = [weight * p[c]! - vote[c]!, weight * p[c]! * (z[c]! - mean)]
      gradient[0]! += excess * z[c]!
      gradient[c + 1]! += excess
      hessian[0]![0]! += spread * z[c]!
      hessian[c + 1]![0]! += spread
      for (let d = 0; d <= c; d++) hessian[c + 1]![d + 1]! += weight * p[c]! * ((c === d ? 1 : 0) - p[d]!)
    }
  }
  return { loss, gradient, hessian }
}

/** Leaves the scale out of a step. */
function pin(gradient: Float64Array, hessian: readonly Float64Array[]): void {
  gradient[0] = 0
  for (const row of hessian.slice(1)) row[0] = 0
}

/** x of A x = b, for a symmetric positive definite A of which the lower triangle is read (Cholesky). */
function solve(a: readonly Float64Array[], b: Float64Array): Float64Array {
  const lower = a.map((row) => row.slice())
  const x = b.slice()
  lower.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let rest = row[j]!
      for (let k = 0; k < j; k++) rest -= row[k]! * lower[j]![k]!
      // Rounding may leave a pivot below the ridge that is really there.
      row[j] = i === j ? Math.sqrt(Math.max(rest, RIDGE)) : rest / lower[j]![j]!
    }
    for (let k = 0; k < i; k++) x[i]! -= row[k]! * x[k]!
    x[i]! /= row[i]!
  })
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= lower[k]![i]! * x[k]!
    x[i]! /= lower[i]![i]!
  }
  return x
}
