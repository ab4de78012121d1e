/**
 * Temperature scaling (Guo et al. 2017): one number that makes a classifier as sure as it is right, and changes no
 * order. What is left of its log-loss is what the classifier does not know, not how boldly it speaks.
 */
import { NLL_CAP } from './metrics.ts'

export interface LabelledLogits {
  /** rows x classes. */
  readonly logits: Float32Array
  /** Class indices, one a row. */
  readonly labels: Int32Array
}

/** Temperatures beyond these say that something else is wrong. */
export const [COLDEST, HOTTEST] = [0.05, 20]
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * The temperature in [0.05, 20] with the least log-loss, to a thousandth of itself; 1 where there are no rows. The loss is
 * convex in 1 / T, so it falls and then rises, and a golden-section search finds where it turns.
 */
export function fitTemperature(data: LabelledLogits): number {
  if (data.labels.length === 0) return 1
  const lossAt = (logT: number): number =>
    logLosses(data, Math.exp(logT)).reduce((sum, loss) => sum + loss, 0)
  let [low, high] = [Math.log(COLDEST), Math.log(HOTTEST)]
  while (high - low > 1e-3) {
    const step = GOLDEN * (high - low)
    if (lossAt(high - step) <= lossAt(low + step)) high = low + step
    else low = high - step
  }
  return Math.exp((low + high) / 2)
}

/** -log p(label) of each row in nats, at most 16. */
export function logLosses({ logits, labels }: LabelledLogits, temperature: number): Float64Array {
  const classes = logits.length / Math.max(1, labels.length)
  return Float64Array.from(labels, (label, row) => {
    const scaled = Array.from(
      logits.subarray(row * classes, (row + 1) * classes),
      (logit) => logit / temperature,
    )
    const largest = Math.max(...scaled)
    const total = scaled.reduce((sum, logit) => sum + Math.exp(logit - largest), 0)
    return Math.min(NLL_CAP, Math.log(total) + largest - (scaled[label] as number))
  })
}
