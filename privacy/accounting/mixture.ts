/**
 * The likelihood ratio of a subsampled mechanism. Where a record takes part with probability q, a ratio e^u of the
 * mechanism with it to that without it becomes 1 - q + q e^u. Both ways, and on a logarithmic scale, because u
 * reaches thousands.
 */

/** ln(1 - q + q e^u), q in (0, 1]. */
export function logMixture(rate: number, u: number): number {
  if (rate === 1) return u
  return u > 30
    ? u + Math.log(rate) + Math.log1p(((1 - rate) / rate) * Math.exp(-u))
    : Math.log1p(rate * Math.expm1(u))
}

/** The u of a given ln(1 - q + q e^u); -Infinity for values that none reaches. */
export function logUnmixed(rate: number, mixed: number): number {
  if (rate === 1) return mixed
  if (mixed > 30) return mixed - Math.log(rate) + Math.log1p((rate - 1) * Math.exp(-mixed))
  const excess = Math.expm1(mixed) / rate
  return excess > -1 ? Math.log1p(excess) : -Infinity
}
