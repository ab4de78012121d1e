/**
 * Decoupled knowledge distillation (Zhao et al., arXiv 2203.08679, equation 7): T^2 (alpha TCKD + beta NCKD).
 *
 * KL over all classes is a KL between "the winner" and "another", TCKD, plus the KL among the others, NCKD,
 * which it weighs by the probability that teachers leave them: a sure teacher hardly says how it orders the
 * rest. Here that weight is beta. With alpha 1 and beta that probability it is Hinton's loss again.
 *
 * The reference defaults: alpha 1, beta 8, T 4; its warm-up over 20 epochs is an alpha schedule of the run here.
 * With two classes NCKD is 0 and TCKD is Hinton's loss.
 */
import { field, klRows, squaredRows, temperedKlRows } from '#engine/losses.ts'
import { add, concat, div, exp, log, logSoftmax, maximum, mul } from '#engine/ops.ts'
import type { SoftLoss } from './soft-loss.ts'
import { targetsAt } from './softened.ts'
import { logitsOfOthers, ofOthers, ofWinner, orderOfOthers } from './winner.ts'

const ALPHA = 1
const BETA = 8

export const dkd: SoftLoss = {
  temperature: 4,
  reads: 'winners',
  soft: (taught) => {
    const { logits, temperature } = taught
    const winners = field(taught.batch, 'winners')
    const targets = targetsAt(taught, temperature)
    const student = logSoftmax(div(logits, temperature))
    const rest = log(maximum(ofOthers(exp(student), winners), 1e-30))
    const tckd = klRows(
      concat([ofWinner(targets, winners), ofOthers(targets, winners)], -1),
      concat([ofWinner(student, winners), rest], -1),
    )
    const nckd = temperedKlRows(logitsOfOthers(logits, winners), orderOfOthers(targets, winners), temperature)
    return add(mul(mul(tckd, squaredRows(temperature)), ALPHA), mul(nckd, BETA))
  },
}
