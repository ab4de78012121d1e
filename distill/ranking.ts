/**
 * How well a score ranks positive rows above negative ones, exact and with ties.
 *
 *     score      .9  .8  .8  .1     pairs (positive, negative): .9>.8  .9>.1  .8=.8  .8>.1
 *     positive    1   1   0   0     AUROC = (1 + 1 + 1/2 + 1) / 4 = .875
 */

/** Rows with equal scores, taken together, from the highest score down. */
interface Step {
  readonly positives: number
  readonly negatives: number
}

/**
 * The area under the ROC curve: the chance that a random positive row scores above a random negative one,
 * ties counting half (Mann and Whitney's U, divided by the number of pairs). Null without both kinds of row, and where
 * a score is NaN.
 */
export function areaUnderRoc(scores: Float32Array, positive: Uint8Array): number | null {
  return rocOfSteps(descending(scores, positive))
}

/**
 * Average precision: the sum over distinct scores of (gain in recall) x (precision there), the step-wise
 * area under the precision-recall curve. Null without a positive row, and where a score is NaN.
 */
export function averagePrecision(scores: Float32Array, positive: Uint8Array): number | null {
  return precisionOfSteps(descending(scores, positive))
}

/** `areaUnderRoc` of rows known only by histograms of their scores, bins in ascending order; each bin is one tie. */
export function rocOfHistograms(positives: Float64Array, negatives: Float64Array): number | null {
  return rocOfSteps(stepsOfHistograms(positives, negatives))
}

export function precisionOfHistograms(positives: Float64Array, negatives: Float64Array): number | null {
  return precisionOfSteps(stepsOfHistograms(positives, negatives))
}

function rocOfSteps(steps: readonly Step[]): number | null {
  let [positivesAbove, ordered, negatives] = [0, 0, 0]
  for (const step of steps) {
    ordered += step.negatives * (positivesAbove + step.positives / 2)
    positivesAbove += step.positives
    negatives += step.negatives
  }
  const pairs = positivesAbove * negatives
  return pairs > 0 ? ordered / pairs : null
}

function precisionOfSteps(steps: readonly Step[]): number | null {
  let [hits, taken, area] = [0, 0, 0]
  for (const step of steps) {
    hits += step.positives
    taken += step.positives + step.negatives
    if (taken > 0) area += (step.positives * hits) / taken
  }
  return hits > 0 ? area / hits : null
}

/** None where a score is not a number: that ranks nothing. */
function descending(scores: Float32Array, positive: Uint8Array): Step[] {
  if (scores.some(Number.isNaN)) return []
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  const steps: Step[] = []
  let at = 0
  while (at < order.length) {
    const score = scores[order[at] ?? 0]
    let [positives, negatives] = [0, 0]
    for (; at < order.length && scores[order[at] ?? 0] === score; at++) {
      if (positive[order[at] ?? 0]) positives++
      else negatives++
    }
    steps.push({ positives, negatives })
  }
  return steps
}

function stepsOfHistograms(positives: Float64Array, negatives: Float64Array): Step[] {
  return Array.from(positives, (count, bin) => ({
    positives: count,
    negatives: negatives[bin] ?? 0,
  })).reverse()
}
