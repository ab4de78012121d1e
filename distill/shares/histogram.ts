/**
 * Histograms of probabilities, which is what a median needs of a sum: for each item and class, a one in the bin that
 * the site's probability falls in. Bytes are the price: as many times those of probabilities as there are bins.
 */
import { softmaxRows } from '../softmax.ts'
import { USUAL_SCALE, type ShareKind } from './kind.ts'

/** Of equal width over [0, 1]; the last includes 1. */
export const HISTOGRAM_BINS = 16

/** rows x classes x bins. Replacing a row moves one 1 to another bin in each class. */
export const histogram = {
  purpose: 'teach',
  encoding: 'weights',
  scale: USUAL_SCALE,
  clip: 0,
  length: ({ rows, classes }) => rows * classes * HISTOGRAM_BINS,
  largest: () => 1,
  sensitivity: ({ rows, classes }) => ({
    unit: 'site',
    l1: 2 * rows * classes,
    l2: Math.sqrt(2 * rows * classes),
  }),
  compute: ({ logits, classes, temperature }) => {
    const p = softmaxRows(logits, classes, temperature)
    const bins = new Float64Array(p.length * HISTOGRAM_BINS)
    p.forEach((value, at) => {
      const bin = Math.min(HISTOGRAM_BINS - 1, Math.floor(value * HISTOGRAM_BINS))
      bins[at * HISTOGRAM_BINS + bin] = 1
    })
    return bins
  },
} as const satisfies ShareKind
