/**
 * Matching logits: |z - t|^2 / C on centred logits (Ba and Caruana 2014; Kim et al., arXiv 2105.08919, who found
 * it to be knowledge distillation at its hottest, and often better). Whatever the temperature, it is the same.
 */
import { mean, square, sub } from '#engine/ops.ts'
import type { SoftLoss } from './soft-loss.ts'
import { centred, teacherLogits } from './softened.ts'

export const logitMse: SoftLoss = {
  temperature: 2,
  unlearnable: 'is the same at every temperature',
  soft: (taught) => mean(square(sub(centred(taught.logits), teacherLogits(taught))), [-1]),
}
