/**
 * Annealing (Jafari et al., arXiv 2104.07163): the student first meets the teachers' logits shrunk, then ever
 * less so, and ends on the labels alone.
 *
 *     phase I    |z - Phi(T) t|^2 / C,  Phi = 1 - (T - 1) / tau,  T = tau, tau - 1, .. 1 in equal stages
 *     phase II   cross-entropy with the label
 *
 * tau is 8, within the paper's 7 to 10, and phase II the last fifth of training, our choice. Rows without
 * a label stay in phase I. Logits are centred, as in `logit-mse`; alpha has no say in phase II.
 */
import { crossEntropyRows, field } from '#engine/losses.ts'
import { add, mean, mul, square, sub, sum } from '#engine/ops.ts'
import type { SoftLoss } from './soft-loss.ts'
import { centred, teacherLogits } from './softened.ts'

const TAU = 8
const PHASE_TWO = 0.8

/** The share of the teachers' logits that the student is shown. */
const shown = (done: number): number => Math.min(TAU, 1 + Math.floor((TAU * done) / PHASE_TWO)) / TAU

export const annealing: SoftLoss = {
  temperature: 2,
  unlearnable: 'is the same at every temperature',
  reads: 'labels',
  numbers: { shown, ending: (done) => Number(done >= PHASE_TWO) },
  soft: (taught) => {
    const { logits, batch } = taught
    const shrunk = mul(teacherLogits(taught), field(batch, 'shown'))
    const first = mean(square(sub(centred(logits), shrunk)), [-1])
    const { labels } = batch
    if (!labels) return first
    const second = mul(sum(labels, [-1]), field(batch, 'ending'))
    return add(mul(first, sub(1, second)), mul(crossEntropyRows(logits, labels), second))
  },
}
