/**
 * What an answer about public items tells of a site's own labels.
 *
 * A teacher leans to the classes it saw often, so the mean of its answers over many items is a fair guess of its
 * class frequencies (arXiv 2502.08001 recovers them so). The guess is judged by the divergence KL(guess || truth)
 * in nats: 0 is a full leak, and a guess is worth something only as far as it comes nearer than guessing that all
 * classes are equally frequent. Before the secure sum an observer guesses from the site's own answer; after it,
 * from the mean over all sites, which is the same guess for every site.
 */

export interface LabelLeak {
  /** KL of the guess from the site's own answer. */
  readonly alone: number
  /** KL of the guess from the sum over all sites. */
  readonly summed: number
  /** KL of the guess that all classes are equally frequent. */
  readonly uninformed: number
}

/**
 * `answer` and `sum` are rows x classes of probabilities or of their sums, row-major; `sum` is over all sites, this
 * one among them. `counts` are the site's true rows of each class.
 */
export function labelLeak(
  answer: ArrayLike<number>,
  sum: ArrayLike<number>,
  counts: readonly number[],
): LabelLeak {
  const classes = counts.length
  const truth = normalised(counts.map((count) => count + SMOOTHING))
  const guess = (values: ArrayLike<number>) => divergence(normalised(classTotals(values, classes)), truth)
  return {
    alone: guess(answer),
    summed: guess(sum),
    uninformed: divergence(
      counts.map(() => 1 / classes),
      truth,
    ),
  }
}

/** Half a row (Krichevsky and Trofimov), so that a class the site never saw gives a finite divergence. */
const SMOOTHING = 0.5

/** KL(p || q) in nats; q is nowhere zero. */
export function divergence(p: readonly number[], q: readonly number[]): number {
  const nats = p.reduce(
    (sum, value, k) => sum + (value > 0 ? value * Math.log(value / (q[k] as number)) : 0),
    0,
  )
  return Math.max(0, nats) // rounding alone takes it below
}

function classTotals(values: ArrayLike<number>, classes: number): number[] {
  const totals = Array.from({ length: classes }, () => 0)
  for (let at = 0; at < values.length; at++) {
    const k = at % classes
    totals[k] = (totals[k] as number) + (values[at] as number)
  }
  return totals
}

function normalised(values: readonly number[]): number[] {
  const total = values.reduce((sum, value) => sum + value, 0)
  return values.map((value) => value / total)
}
