/**
 * Share kinds that weigh a row of probabilities: w p, with a weight w in [0, B] that the site computes for itself.
 *
 * The weight needs no place of its own. A row p adds up to one, so a row w p adds up to w, and the row of the sum
 * adds up to the sum of the weights. The weighted mean is the row of the sum over its own total.
 *
 * Weights mean something only beside those of other sites, so each kind says on which scale it weighs. Replacing an
 * answer moves a row by at most 2 B in L1 and sqrt(2) B in L2.
 */
import { UNLABELLED } from '#engine/data/dataset.ts'
import { gateBounds, type GateName } from '../gates/gate.ts'
import type { ShareInput } from '../share-input.ts'
import { softmaxRows } from '../softmax.ts'
import { USUAL_SCALE, type ShareKind } from './kind.ts'

/** The rows of probabilities, each times its weight. */
type Weigh = (probabilities: Float64Array, input: ShareInput) => (row: number) => number

const weighted = (largest: number, weigh: Weigh) =>
  ({
    purpose: 'teach',
    encoding: 'weights',
    scale: USUAL_SCALE,
    clip: 0,
    length: ({ rows, classes }) => rows * classes,
    largest: () => largest,
    sensitivity: ({ rows }) => ({
      unit: 'site',
      l1: 2 * largest * rows,
      l2: largest * Math.sqrt(2 * rows),
    }),
    compute: (input) => {
      const { classes, temperature } = input
      const p = softmaxRows(input.logits, classes, temperature)
      const weightOf = weigh(p, input)
      const weights = Array.from({ length: input.rows }, (_, row) => weightOf(row))
      return p.map((value, at) => value * (weights[Math.floor(at / classes)] as number))
    },
  }) as const satisfies ShareKind

/** H p: the entropy H of each prediction, over that of the uniform one, so in [0, 1] (EBKD: Kwon et al. 2020). */
export const entropyWeighted = weighted(1, (p, { classes }) => (row) => {
  const own = p.subarray(row * classes, (row + 1) * classes)
  const entropy = own.reduce((sum, value) => sum - (value > 0 ? value * Math.log(value) : 0), 0)
  return Math.min(1, entropy / Math.log(classes))
})

/** A teacher that is wrong counts as if it gave the label at least this much: one item must not decide everything. */
export const LEAST_CONFIDENCE = 0.05

/**
 * e^CE p, with the cross-entropy CE of the prediction at a public label, times the least confidence, so in [.05, 1]
 * (CA-MKD: Zhang et al. 2022, equation 3). Items without a label weigh 1 at every site.
 */
export const confidenceWeighted = {
  ...weighted(1, (p, { classes, labels }) => (row) => {
    const label = labels?.[row] ?? UNLABELLED
    if (label === UNLABELLED) return 1
    return LEAST_CONFIDENCE / Math.max(LEAST_CONFIDENCE, p[row * classes + label] as number)
  }),
  readsLabels: true,
} as const satisfies ShareKind

const gated = (gate: GateName) => ({
  ...weighted(gateBounds[gate].most, (_, { weights }) => {
    if (!weights) throw new TypeError('internal: a gated share needs its weights')
    return (row) => weights[row] as number
  }),
  gate,
  readsRows: true as const,
})

/** The kinds weighed by what the site knows of where its own rows lie (gates/gate.ts). */
export const radiusGated = gated('radius')
export const kMeansGated = gated('k-means')
export const classMeansGated = gated('class-means')
export const densityRatio = gated('density-ratio')
