/** The median of the sites' probabilities, class by class, to within a bin of the histograms. */
import { HISTOGRAM_BINS } from '../shares/histogram.ts'
import { normalised, sumOf, type CombineRule } from './rule.ts'

/**
 * Fewer than half of the sites, however they lie, cannot move a class's median beyond what an honest one said. Under
 * label skew the few that know a class are outvoted just the same. Medians of a row are scaled to add up to one.
 */
export const histogramMedian = {
  shareKinds: ['histogram'],
  finalize(sums, sites, { rows, classes }) {
    const sum = sumOf(sums, 'histogram')
    const medians = Float64Array.from({ length: rows * classes }, (_, at) =>
      medianOfBins(sum.subarray(at * HISTOGRAM_BINS, (at + 1) * HISTOGRAM_BINS), sites),
    )
    return { targets: normalised(medians, classes) }
  },
} as const satisfies CombineRule

/** On [0, 1]: where half of the `count` values lie below, those of one bin spread evenly over it. */
export function medianOfBins(bins: Float64Array, count: number): number {
  let below = 0
  for (let bin = 0; bin < bins.length; bin++) {
    const inside = bins[bin] as number
    if (inside > 0 && below + inside >= count / 2) return (bin + (count / 2 - below) / inside) / bins.length
    below += inside
  }
  return 1
}
