/**
 * A temperature of each row's own, from what the student makes of it (TextBrewer: Yang et al., arXiv 2002.12620):
 *
 *     tau_i = tau_0 + beta (mean w - w_i),     flsw: w = (1 - cos(z_s, z_t))^gamma     cwsm: w = 1 / max p_s
 *
 * A row on which the student is far from its teachers, or unsure, is taught at a lower temperature. No slope
 * goes through it, and it never falls below the lowest that a run may name.
 */
import type { Expr } from '#engine/expr.ts'
import { add, div, max, maximum, mean, mul, pow, softmax, sqrt, stopGradient, sub, sum } from '#engine/ops.ts'
import { LOWEST_TEMPERATURE, type ItemTemperature } from '../schedules.ts'
import { centred, teacherLogits, type Taught } from './softened.ts'

/** [batch, 1]. Logits are compared centred, since what is added to all of a row's says nothing. */
export function itemTemperature(
  schedule: ItemTemperature,
  taught: Pick<Taught, 'logits' | 'targets' | 'sharedAt'>,
): Expr {
  const logits = stopGradient(taught.logits)
  const weights =
    schedule.kind === 'flsw'
      ? pow(add(maximum(sub(1, cosine(centred(logits), teacherLogits(taught))), 0), 1e-6), schedule.gamma)
      : div(1, max(softmax(logits), [-1], { keepDims: true }))
  const apart = sub(mean(weights), weights)
  return maximum(add(mul(apart, schedule.beta), taught.sharedAt), LOWEST_TEMPERATURE)
}

function cosine(a: Expr, b: Expr): Expr {
  const dot = (x: Expr, y: Expr): Expr => sum(mul(x, y), [-1], { keepDims: true })
  return div(dot(a, b), sqrt(add(mul(dot(a, a), dot(b, b)), 1e-12)))
}
