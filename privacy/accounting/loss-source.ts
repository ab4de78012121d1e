/**
 * The privacy loss of mechanisms, exactly: how often, with a record and without it, the loss lies between two
 * values.
 *
 * For outputs distributed as P with the record and Q without, the loss of an output is L = ln(P / Q). An attack
 * can do no better than to look at L, so the two laws of L say all there is to say about privacy (Sommer, Meiser
 * and Mohammadi 2019). A source gives both laws; `pld.ts` puts them on a grid.
 */
import { logMixture, logUnmixed } from './mixture.ts'
import { normalCdf } from './special-functions.ts'

export interface LossSource {
  /** The losses, but for outputs of a probability below 1e-22 on either side. */
  readonly lowest: number
  readonly highest: number
  /** Whether the loss of adding the record has the same law as that of removing it. */
  readonly symmetric: boolean
  /**
   * For n rising edges, n + 1 masses under either law: of losses up to the first edge, between each edge and
   * the next (its upper end included), and above the last.
   */
  readonly masses: (edges: Float64Array) => { readonly p: Float64Array; readonly q: Float64Array }
}

/** Noise, symmetric around 0, added to a value that the record moves from 0 to 1. */
interface Noise {
  readonly cdf: (x: number) => number
  /** The largest output that is e^logRatio times as likely around 1 as around 0, or less. */
  readonly where: (logRatio: number) => number
  /** ln of the ratio at an output. */
  readonly logRatio: (x: number) => number
  /** Around 0, outputs beyond this have a probability below 1e-22, or all the same loss. */
  readonly reach: number
}

const gaussian = (scale: number): Noise => ({
  cdf: (x) => normalCdf(x / scale),
  where: (logRatio) => scale * scale * logRatio + 0.5,
  logRatio: (x) => (x - 0.5) / (scale * scale),
  reach: 10 * scale,
})

const laplace = (scale: number): Noise => ({
  cdf: (x) => (x < 0 ? Math.exp(x / scale) / 2 : 1 - Math.exp(-x / scale) / 2),
  where: (logRatio) => {
    // Outside [0, 1] the ratio is constant; a loss within rounding of that constant is that constant.
    if (logRatio * scale > 1 - 1e-12) return Infinity
    return logRatio * scale < -1 - 1e-12 ? -Infinity : (logRatio * scale + 1) / 2
  },
  logRatio: (x) => (Math.abs(x) - Math.abs(x - 1)) / scale,
  reach: 0,
})

/** N(0, (noiseMultiplier * sensitivity)^2) on a value, each record taken with probability `rate`. */
export const gaussianLoss = (noiseMultiplier: number, rate = 1): LossSource =>
  additiveLoss(gaussian(noiseMultiplier), rate)

/** Laplace noise of `scale` times the L1 sensitivity, each record taken with probability `rate`. */
export const laplaceLoss = (scale: number, rate = 1): LossSource => additiveLoss(laplace(scale), rate)

/**
 * Randomised response over `classes` answers: the truth with probability e^epsilon / (e^epsilon + classes - 1),
 * each other answer e^epsilon times less often; one answer replaced by another. With two classes it is the worst
 * that any mechanism of pure epsilon can be (Kairouz, Oh and Viswanath 2015).
 */
export function randomizedResponseLoss(epsilon: number, classes = 2): LossSource {
  const truth = 1 / (1 + (classes - 1) * Math.exp(-epsilon))
  const other = truth * Math.exp(-epsilon)
  const rest = (classes - 2) * other
  return {
    lowest: -epsilon,
    highest: epsilon,
    symmetric: true,
    masses: (edges) => {
      const p = new Float64Array(edges.length + 1)
      const q = new Float64Array(edges.length + 1)
      for (const [loss, withRecord, without] of [
        [-epsilon, other, truth],
        [0, rest, rest],
        [epsilon, truth, other],
      ] as const) {
        const at = edges.findIndex((edge) => edge >= loss - 1e-12)
        const cell = at < 0 ? edges.length : at
        p[cell] = (p[cell] as number) + withRecord
        q[cell] = (q[cell] as number) + without
      }
      return { p, q }
    },
  }
}

/** P = (1 - rate) noise around 0 + rate noise around 1, Q = noise around 0: the loss rises with the output. */
function additiveLoss(noise: Noise, rate: number): LossSource {
  const lossAt = (x: number) => logMixture(rate, noise.logRatio(x))
  const outputAt = (loss: number) => noise.where(logUnmixed(rate, loss))
  return {
    lowest: lossAt(-noise.reach),
    highest: lossAt(1 + noise.reach),
    symmetric: rate === 1,
    masses: (edges) => {
      const outputs = edges.map(outputAt)
      const q = massesBetween(outputs, noise)
      const moved = massesBetween(
        outputs.map((x) => x - 1),
        noise,
      )
      return { p: q.map((mass, i) => (1 - rate) * mass + rate * (moved[i] as number)), q }
    },
  }
}

/** Masses of symmetric noise up to the first point, between each and the next, and above the last. */
function massesBetween(points: Float64Array, { cdf }: Noise): Float64Array {
  const masses = new Float64Array(points.length + 1)
  let from = -Infinity
  let below = 0
  let above = 1
  // Differences of whichever tail is the smaller keep their digits.
  for (let i = 0; i < masses.length; i++) {
    const to = points[i] ?? Infinity
    const nextBelow = to < 0 ? cdf(to) : 1
    const nextAbove = to < 0 ? 1 : cdf(-to)
    if (to < 0) masses[i] = nextBelow - below
    else masses[i] = from < 0 ? 1 - below - nextAbove : above - nextAbove
    ;[from, below, above] = [to, nextBelow, nextAbove]
  }
  return masses
}
