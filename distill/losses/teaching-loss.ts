/** The loss a student is trained with: what teachers say and what labels say, weighed, at the temperature of the step. */
import type { Expr } from '#engine/expr.ts'
import { crossEntropyRows, field, type LossFn, type StepNumbers } from '#engine/losses.ts'
import { add, mean, mul, sub } from '#engine/ops.ts'
import type { Operand } from '#engine/ops.ts'
import { isLearnt, isPath, valueAt, type Path, type TemperatureSchedule } from '../schedules.ts'
import { itemTemperature } from './item-temperature.ts'
import { distillationLosses, type ClassLossName } from './registry.ts'
import type { SoftLoss } from './soft-loss.ts'

export interface TeachingLoss {
  readonly name: ClassLossName
  /** > 0; the targets are softened at this temperature already. */
  readonly temperature: number
  /** Weight of the soft part, 0 to 1. */
  readonly alpha: number
  /** Instead of comparing at `temperature` throughout. */
  readonly temperatureSchedule?: TemperatureSchedule | undefined
  /** Instead of `alpha` throughout. */
  readonly alphaSchedule?: Path | undefined
}

export interface PreparedLoss {
  readonly loss: LossFn
  /** What the loss reads of each step. */
  readonly stepNumbers: StepNumbers
  /** Tensors it reads of the batch besides `targets`. */
  readonly reads: ReadonlySet<NonNullable<SoftLoss['reads']>>
}

/**
 * (1 - alpha) hard + alpha soft, the mean over all rows of the batch. Reads `targets` and, as `reads` says, `labels`
 * and `winners` from the batch, all [batch, classes]: soft targets, and one-hot labels with a row of zeros where
 * the label is unknown. Such a row contributes its soft part only. `disagreement` is [batch, 1]; `temperature` is [1],
 * a number of the step or, where it is learnt, put there by `withLearntTemperature`.
 */
export function teachingLoss(options: TeachingLoss): PreparedLoss {
  const chosen: SoftLoss = distillationLosses[options.name]
  const { temperature: sharedAt, temperatureSchedule, alphaSchedule } = options
  const alphaOf = (batch: Batch): Operand => (alphaSchedule ? field(batch, 'alpha') : options.alpha)

  const temperatureOf = (logits: Expr, batch: Batch): Operand => {
    if (!temperatureSchedule) return sharedAt
    if (isPath(temperatureSchedule) || isLearnt(temperatureSchedule)) return field(batch, 'temperature')
    return itemTemperature(temperatureSchedule, { logits, targets: field(batch, 'targets'), sharedAt })
  }
  const soft = (logits: Expr, batch: Batch): Expr =>
    chosen.soft({
      logits,
      targets: field(batch, 'targets'),
      sharedAt,
      temperature: temperatureOf(logits, batch),
      batch,
    })
  const hard = (logits: Expr, batch: Batch): Expr =>
    (chosen.hard ?? crossEntropyRows)(logits, field(batch, 'labels'))

  const loss: LossFn = (logits, batch) => {
    const alpha = alphaOf(batch)
    if (alpha === 1) return mean(soft(logits, batch))
    if (alpha === 0) return mean(hard(logits, batch))
    return mean(add(mul(hard(logits, batch), sub(1, alpha)), mul(soft(logits, batch), alpha)))
  }
  const paths = {
    ...chosen.numbers,
    ...(alphaSchedule && { alpha: along(alphaSchedule) }),
    ...(temperatureSchedule && isPath(temperatureSchedule) && { temperature: along(temperatureSchedule) }),
  }
  const mixes = alphaSchedule !== undefined || options.alpha < 1
  return {
    loss,
    stepNumbers: Object.fromEntries(
      Object.entries(paths).map(([name, at]) => [
        name,
        (step: number, steps: number) => at((step - 1) / Math.max(1, steps - 1)),
      ]),
    ),
    reads: new Set([...(chosen.reads ? [chosen.reads] : []), ...(mixes ? (['labels'] as const) : [])]),
  }
}

type Batch = Readonly<Record<string, Expr>>

const along = (path: Path) => (done: number) => valueAt(path, done)
