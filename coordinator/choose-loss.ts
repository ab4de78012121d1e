/** The loss of a run, and what else of its plan follows from it. */
import {
  classLossNames,
  distillationLosses,
  effectiveLoss,
  multilabelLoss,
  readsDisagreement,
  numberLossNames,
  teachesClasses,
  teachesNumbers,
  type LossName,
} from '#distill/losses/registry.ts'
import { numberLosses } from '#distill/losses/number-losses.ts'
import type { SoftLoss } from '#distill/losses/soft-loss.ts'
import { ruleNames, tellsDisagreement, usualRule, type CombineRuleName } from '#distill/rules.ts'
import type { OneTask } from '#engine/data/target.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { RunOverrides } from './config.ts'

export interface ChosenLoss {
  readonly loss: LossName
  /** Of its reference, for runs that name none. */
  readonly temperature: number
  readonly alpha: number
  /** Why it is another than wished. */
  readonly note?: string
}

/** The rule of a run that names none. */
export const ruleFor = (loss: LossName, task: OneTask): CombineRuleName =>
  task === 'classify' && readsDisagreement(loss)
    ? (ruleNames.find(tellsDisagreement) ?? usualRule[task])
    : usualRule[task]

/** Throws `USAGE` for a loss that does not fit the task, the rules that the run may use, or its other wishes. */
export function lossFor(
  wish: Pick<RunOverrides, 'temperatureSchedule' | 'generations'> & { readonly loss: LossName },
  run: { readonly task: OneTask; readonly classes: number; readonly rules: readonly CombineRuleName[] },
): ChosenLoss {
  const { loss: wished } = wish
  if (run.task === 'regress') {
    if (!teachesNumbers(wished)) throw unfit(wished, 'a number', numberLossNames)
    return { loss: wished, temperature: 1, alpha: numberLosses[wished].alpha }
  }
  if (run.task === 'multilabel') {
    // What nobody wished for is kd too.
    if (wished !== 'kd' && wished !== multilabelLoss) throw unfit(wished, 'labels', [multilabelLoss])
    return { loss: multilabelLoss, temperature: distillationLosses[multilabelLoss].temperature, alpha: 1 }
  }
  if (!teachesClasses(wished)) throw unfit(wished, 'classes', classLossNames)
  if (readsDisagreement(wished)) requireDisagreement(wish, run.rules)
  const { loss, note } = effectiveLoss(wished, run.classes)
  const { temperature, alpha = 1 }: SoftLoss = distillationLosses[loss]
  return { loss, temperature, alpha, ...(note && { note }) }
}

/** What the sums say of the teachers' disagreement holds for the predictions that they gave, and for no others. */
function requireDisagreement(
  { loss, temperatureSchedule, generations }: Parameters<typeof lossFor>[0],
  rules: readonly CombineRuleName[],
): void {
  const silent = rules.find((rule) => !tellsDisagreement(rule))
  if (silent !== undefined)
    throw new CollegiumError(
      'USAGE',
      `The loss ${loss} learns how far teachers disagree, which ${silent} does not tell; take the rule ${ruleNames.filter(tellsDisagreement).join(' or ')}.`,
    )
  const odd = temperatureSchedule === undefined ? generations && 'generations' : 'a temperature schedule'
  if (odd) throw new CollegiumError('USAGE', `The loss ${loss} does not go with ${odd}.`)
}

const unfit = (loss: LossName, what: string, fitting: readonly LossName[]): CollegiumError =>
  new CollegiumError('USAGE', `The loss ${loss} does not teach ${what}: ${fitting.join(', ')}.`)
