/**
 * Dropout (Srivastava et al., JMLR 15, 2014) whose masks are a function of a seed, the row and the column, so
 * that a run that stops and resumes sees the masks it would have seen.
 */
import { chance, randomBits } from './counter-hash.ts'
import type { Expr } from './expr.ts'
import { mul, reshape, where } from './ops.ts'
import { sizeOf } from './shape.ts'

/**
 * Puts a share `rate` of the elements of `x` [batch, ...] to 0 and scales the others by 1 / (1 - rate), so that
 * the mean stays. `seed` is int32 [1]; `label` tells apart the dropouts of one network.
 */
export function dropout(x: Expr, rate: number, seed: Expr, label: number): Expr {
  if (rate === 0) return x
  const dropped = chance(randomBits(x, sizeOf(x.shape.slice(1)), seed, label), rate)
  return mul(where(reshape(dropped, x.shape), 0, x), 1 / (1 - rate))
}
