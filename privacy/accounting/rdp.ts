/**
 * Renyi differential privacy: a mechanism's cost as a curve over orders alpha > 1 (Mironov 2017, 1702.07476).
 *
 * Curves add up under composition, and every order gives a valid (epsilon, delta); the smallest wins. Here are
 * the orders that are tried and the way from a curve to epsilon. The curves themselves are in `rdp-curves.ts`
 * and `sampled-gaussian-rdp.ts`.
 */

/** The cost of a mechanism at an order alpha > 1, in nats; Infinity where nothing is proved. */
export type RdpCurve = (order: number) => number

/** 1.1 to 10.9 by tenths, 11 to 63, and powers of two up to 1024: what other accountants try too. */
export const rdpOrders: readonly number[] = Array.from({ length: 99 }, (_, i) => (i + 11) / 10).concat(
  Array.from({ length: 53 }, (_, i) => i + 11),
  [128, 256, 512, 1024],
)

export interface RdpEpsilon {
  readonly epsilon: number
  /** The order whose bound it is. */
  readonly order: number
}

/** Costs of mechanisms run one after the other, each as often as its count says. */
export function composeRdp(parts: readonly { curve: RdpCurve; count: number }[]): RdpCurve {
  return (order) => parts.reduce((total, { curve, count }) => total + count * curve(order), 0)
}

/**
 * The smallest epsilon, at the given delta in (0, 1), over the orders.
 * Canonne, Kamath and Steinke 2020 (2004.00010), proposition 12: r + ln(1 - 1/a) - ln(delta a) / (a - 1).
 */
export function epsilonFromRdp(
  curve: RdpCurve,
  delta: number,
  orders: readonly number[] = rdpOrders,
): RdpEpsilon {
  return orders
    .map((order) => ({ order, epsilon: epsilonAtOrder(curve(order), order, delta) }))
    .reduce((best, next) => (next.epsilon < best.epsilon ? next : best), { order: NaN, epsilon: Infinity })
}

function epsilonAtOrder(cost: number, order: number, delta: number): number {
  // KL <= r bounds the total variation by sqrt(1 - e^-r) (Bretagnolle and Huber): below delta, nothing is spent.
  if (delta * delta + Math.expm1(-cost) > 0) return 0
  // Closer to 1 the formula divides by nothing and is of no use.
  if (order <= 1.01) return Infinity
  return Math.max(0, cost + Math.log1p(-1 / order) - Math.log(delta * order) / (order - 1))
}
