/**
 * Teacher-free distillation (Yuan et al., arXiv 1909.11723, Tf-KD by regularisation): where an item has a public label,
 * a teacher that nobody trained stands beside those of the sites. It is right with probability a, and finds all other
 * classes alike:
 *
 *     p_c = a for the label c, (1 - a) / (C - 1) for each other class, softened at tau
 *     (1 - w) H(label, softmax(z)) + w tau^2 KL(p at tau || softmax(z / tau))
 *
 * a = .99, tau = 20 and w = .1 are the reference's; tau^2 keeps w meaning the same at every tau, as in `kd`. Labels
 * alone drive a student towards certainty for ever; this teacher says where to stop. It costs no privacy: the labels
 * are public, and nobody is asked.
 */
import type { Expr } from '#engine/expr.ts'
import { crossEntropyRows, temperedKlRows } from '#engine/losses.ts'
import { add, mul, sub, sum } from '#engine/ops.ts'
import { kd } from './kd.ts'
import type { SoftLoss } from './soft-loss.ts'

const RIGHT = 0.99
const TAU = 20
const WEIGHT = 0.1

export const tfKd = {
  ...kd,
  // Half to what the sites say, half to labels: without these there is nothing but `kd`.
  alpha: 0.5,
  hard: (logits: Expr, labels: Expr): Expr => {
    const virtual = temperedKlRows(logits, virtualTeacher(labels), TAU)
    return add(mul(crossEntropyRows(logits, labels), 1 - WEIGHT), mul(virtual, WEIGHT))
  },
} as const satisfies SoftLoss

/** Softened, of one-hot labels [batch, classes]; a row of zeros, whose label is not known, stays one and says nothing. */
function virtualTeacher(labels: Expr): Expr {
  const others = (labels.shape.at(-1) as number) - 1
  const [right, other] = [RIGHT ** (1 / TAU), ((1 - RIGHT) / others) ** (1 / TAU)]
  const whole = right + others * other
  const known = sum(labels, [-1], { keepDims: true })
  return add(mul(labels, right / whole), mul(sub(known, labels), other / whole))
}
