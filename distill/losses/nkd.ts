/**
 * Normalised knowledge distillation (Yang et al., arXiv 2303.13005):
 *
 *     - t_w log s_w  -  gamma T^2 sum_{c != w} N(t^T)_c log N(s^T)_c
 *
 * for the winner w, with t and s at temperature 1 in the first part, and N making the other classes'
 * probabilities add up to one. The reference defaults: gamma 1.5, T 1. With two classes nothing is left to
 * order, and the first part alone pushes the winner up without end.
 */
import { crossEntropyRows, field, squaredRows } from '#engine/losses.ts'
import { add, div, mul } from '#engine/ops.ts'
import type { SoftLoss } from './soft-loss.ts'
import { targetsAt } from './softened.ts'
import { logitsOfOthers, orderOfOthers } from './winner.ts'

const GAMMA = 1.5

export const nkd: SoftLoss = {
  temperature: 1,
  unlearnable: 'grows with the temperature, whatever the student does',
  reads: 'winners',
  soft: (taught) => {
    const { logits, temperature } = taught
    const winners = field(taught.batch, 'winners')
    const winning = crossEntropyRows(logits, mul(targetsAt(taught, 1), winners))
    const order = crossEntropyRows(
      div(logitsOfOthers(logits, winners), temperature),
      orderOfOthers(targetsAt(taught, temperature), winners),
    )
    return add(winning, mul(mul(order, squaredRows(temperature)), GAMMA))
  },
}
