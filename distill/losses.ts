/**
 * Distillation losses: what pulls the student's logits towards the teachers' soft targets.
 *
 * Hinton, Vinyals and Dean (arXiv 1503.02531): with teachers and student softened at temperature T,
 *
 *     (1 - alpha) CE(label, softmax(z))  +  alpha T^2 KL(target || softmax(z / T))
 *
 * The gradient of the soft part shrinks as 1/T^2, so T^2 keeps alpha meaning the same at every temperature;
 * leaving it out is the commonest mistake in published code. As T grows, T^2 KL tends to
 * |z - t|^2 / (2 C) on centred logits: matching logits.
 */
import type { Expr } from '#engine/expr.ts'
import { crossEntropyRows, field, temperedKlRows, type LossFn } from '#engine/losses.ts'
import { add, mean, mul } from '#engine/ops.ts'

export interface DistillationLoss {
  /** > 0; the targets are softened at this temperature already. */
  readonly temperature: number
  /** Weight of the soft part, 0 to 1. */
  readonly alpha: number
}

/**
 * Reads `targets` and, when alpha < 1, `labels` from the batch, both [batch, classes]: soft targets, and
 * one-hot labels with a row of zeros where the label is unknown. Such a row contributes its soft part only.
 * The mean is over all rows of the batch.
 */
export function hintonLoss({ temperature, alpha }: DistillationLoss): LossFn {
  return (logits, batch) => {
    const soft = (): Expr => temperedKlRows(logits, field(batch, 'targets'), temperature)
    const hard = (): Expr => crossEntropyRows(logits, field(batch, 'labels'))
    if (alpha === 1) return mean(soft())
    if (alpha === 0) return mean(hard())
    return mean(add(mul(hard(), 1 - alpha), mul(soft(), alpha)))
  }
}
