/** The distillation losses a run may name, and what takes a loss's place where it cannot teach. */
import { annealing } from './annealing.ts'
import { bce } from './bce.ts'
import { dirichlet } from './dirichlet.ts'
import { dist, distIntra } from './dist.ts'
import { dkd } from './dkd.ts'
import { kd } from './kd.ts'
import { logitMse } from './logit-mse.ts'
import { logitStd } from './logit-std.ts'
import { nkd } from './nkd.ts'
import { numberLosses, type NumberLossName } from './number-losses.ts'
import type { SoftLoss } from './soft-loss.ts'
import { tfKd } from './tf-kd.ts'

export const distillationLosses = {
  kd,
  'logit-mse': logitMse,
  'logit-std': logitStd,
  dkd,
  nkd,
  dist,
  'dist-intra': distIntra,
  annealing,
  'tf-kd': tfKd,
  dirichlet,
  bce,
} as const satisfies Readonly<Record<string, SoftLoss>>

export type ClassLossName = keyof typeof distillationLosses
export type LossName = ClassLossName | NumberLossName
export const classLossNames = Object.keys(distillationLosses) as ClassLossName[]
export const numberLossNames = Object.keys(numberLosses) as NumberLossName[]
export const lossNames = [...new Set([...classLossNames, ...numberLossNames])] as [LossName, ...LossName[]]

export const teachesClasses = (loss: LossName): loss is ClassLossName =>
  Object.hasOwn(distillationLosses, loss)
export const teachesNumbers = (loss: LossName): loss is NumberLossName => Object.hasOwn(numberLosses, loss)

/** Whether a loss learns how far teachers are from agreeing. */
export function readsDisagreement(loss: LossName): boolean {
  const chosen: SoftLoss | undefined = teachesClasses(loss) ? distillationLosses[loss] : undefined
  return chosen?.reads === 'disagreement'
}

interface Replacement {
  readonly by: ClassLossName
  readonly because: string
}

const belowThreeClasses: Partial<Record<ClassLossName, Replacement>> = {
  dkd: { by: 'kd', because: 'it weighs the order of the other classes, and there is only one other' },
  nkd: { by: 'kd', because: 'it teaches the order of the other classes, and there is only one other' },
  'logit-std': { by: 'kd', because: 'two logits, standardised, are the same in every row' },
  dist: { by: 'dist-intra', because: 'two probabilities that add up to one always correlate fully' },
}

const exclusiveClasses: Partial<Record<ClassLossName, Replacement>> = {
  bce: { by: 'kd', because: 'it is for several labels at once, and these classes exclude each other' },
}

/** Labels that do not exclude each other have one loss. */
export const multilabelLoss = 'bce' satisfies LossName

/** The loss that can teach a student of `classes` exclusive classes, with a sentence where it is another than wished. */
export function effectiveLoss(
  wished: ClassLossName,
  classes: number,
): { readonly loss: ClassLossName; readonly note?: string } {
  const found = exclusiveClasses[wished] ?? (classes < 3 ? belowThreeClasses[wished] : undefined)
  if (!found) return { loss: wished }
  return { loss: found.by, note: `The loss is ${found.by} instead of ${wished}: ${found.because}.` }
}
