/**
 * Two membership attacks on a model's probabilities, as scores: the higher, the more like a row it trained on.
 *
 * The threshold attack asks how sure the model is of the row's own label (Yeom et al., arXiv 1709.01604). It is
 * a cheap floor: easy rows look like members whether they are or not.
 *
 * The likelihood ratio attack, offline (Carlini et al., arXiv 2112.03570, section VI), asks how much surer the
 * model is than models that never saw that row. From shadow models of the same kind it knows, for each row, the
 * normal distribution of
 *
 *     phi = ln p_y - ln sum over c != y of p_c
 *
 * without the row, and scores the row by P[N(mu_out, sigma_out^2) <= phi]. Sub-teachers serve as shadows: each
 * row is missing from most of them.
 */

export interface LabelledPredictions {
  /** rows x classes, row-major, each row on the simplex. */
  readonly probabilities: ArrayLike<number>
  /** One class a row. */
  readonly labels: ArrayLike<number>
  readonly classes: number
}

/** Probabilities are taken for no smaller than this: half a unit of the fixed point they leave in. */
const SMALLEST_PROBABILITY = 2 ** -17

/** The threshold attack's scores: the probability of each row's own label. */
export function confidenceScores({ probabilities, labels, classes }: LabelledPredictions): Float64Array {
  return Float64Array.from(labels, (label, row) => probabilities[row * classes + label] as number)
}

/** phi of each row. */
export function logitConfidences(predictions: LabelledPredictions): Float64Array {
  return confidenceScores(predictions).map(
    (own) =>
      Math.log(Math.max(own, SMALLEST_PROBABILITY)) - Math.log(Math.max(1 - own, SMALLEST_PROBABILITY)),
  )
}

export interface Shadow {
  /** phi of every row, by this model. */
  readonly confidences: ArrayLike<number>
  /** Whether it trained on the row. */
  readonly trainedOn: (row: number) => boolean
}

/** Below so many shadows a row, its own variance is too rough, and that of all rows together serves better. */
const SHADOWS_FOR_OWN_VARIANCE = 32
const SMALLEST_DEVIATION = 1e-6

/**
 * Offline LiRA: z = (phi - mu_out) / sigma_out of each row, whose normal probability is the attack's score. z
 * orders rows as that probability does, and goes on ordering where it has rounded to 1. A row that fewer than two
 * shadows went without tells nothing, and scores -Infinity.
 */
export function likelihoodRatioScores(
  confidences: ArrayLike<number>,
  shadows: readonly Shadow[],
): Float64Array {
  const rows = Array.from(confidences, (_, row) => outDistribution(shadows, row))
  const known = rows.filter(({ count }) => count >= 2)
  const freedom = known.reduce((sum, { count }) => sum + count - 1, 0)
  const pooled = known.reduce((sum, { squares }) => sum + squares, 0) / freedom
  return Float64Array.from(rows, ({ count, mean, squares }, row) => {
    if (count < 2) return -Infinity
    const variance = count >= SHADOWS_FOR_OWN_VARIANCE ? squares / (count - 1) : pooled
    return ((confidences[row] as number) - mean) / Math.max(Math.sqrt(variance), SMALLEST_DEVIATION)
  })
}

export interface NoisedVotes {
  /** For each row, the sub-teachers' votes for its own label, summed, as seen through the noise. */
  readonly seen: ArrayLike<number>
  /** Of the noise on what was seen. */
  readonly variance: number
  /** The same votes without noise, of each sub-teacher. */
  readonly votes: readonly ArrayLike<number>[]
  /** The only sub-teacher that may have trained on the row. */
  readonly holder: (row: number) => number
}

/**
 * The same attack on a noised sum, by an observer who knows how every sub-teacher but the row's own votes: what it sees,
 * less what those say, is the vote of the one that may know the row, and how the others vote is how that one
 * would if it did not. Their spread and the noise are the deviation. With one sub-teacher nothing is known but that
 * votes lie between 0 and 1: it scores the vote itself, less one half.
 */
export function noisedVoteScores({ seen, variance, votes, holder }: NoisedVotes): Float64Array {
  return Float64Array.from(seen, (sum, row) => {
    const others = votes.filter((_, member) => member !== holder(row)).map((each) => each[row] as number)
    const known = others.reduce((total, vote) => total + vote, 0)
    const mean = others.length > 0 ? known / others.length : 1 / 2
    const squares = others.reduce((total, vote) => total + (vote - mean) ** 2, 0)
    const spread = others.length > 1 ? squares / (others.length - 1) : 0
    return (sum - known - mean) / Math.max(Math.sqrt(spread + variance), SMALLEST_DEVIATION)
  })
}

/** Of phi, over the shadows without the row; `squares` is the sum of squared deviations. */
function outDistribution(shadows: readonly Shadow[], row: number) {
  const values = shadows
    .filter(({ trainedOn }) => !trainedOn(row))
    .map(({ confidences }) => confidences[row] as number)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { count: values.length, mean, squares }
}
