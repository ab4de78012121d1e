/**
 * Hinton, Vinyals and Dean (arXiv 1503.02531): T^2 KL(target || softmax(z / T)).
 *
 * The gradient of the divergence shrinks as 1/T^2, so T^2 keeps alpha meaning the same at every temperature;
 * leaving it out is the commonest mistake in published code. As T grows, T^2 KL tends to
 * |z - t|^2 / (2 C) on centred logits: matching logits.
 */
import { temperedKlRows } from '#engine/losses.ts'
import type { SoftLoss } from './soft-loss.ts'
import { targetsAt } from './softened.ts'

export const kd: SoftLoss = {
  temperature: 2,
  soft: (taught) => temperedKlRows(taught.logits, targetsAt(taught, taught.temperature), taught.temperature),
}
