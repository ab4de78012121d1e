/** How each of several targets is taught: the operator's wishes by name over what is usual for its kind. */
import { readsDisagreement } from '#distill/losses/registry.ts'
import { usualRule, type CombineRuleName } from '#distill/rules.ts'
import type { HeadShape } from '#engine/data/target.ts'
import type { RunPlan } from '#federation/plan.ts'
import { CollegiumError } from '#proto/errors.ts'
import { lossFor } from './choose-loss.ts'
import type { RunOverrides } from './config.ts'
import { requireRules } from './task-fit.ts'

type HeadPlans = NonNullable<RunPlan['heads']>

/** Throws `USAGE` for a target that the schema does not have, and for a rule or loss that does not fit one. */
export function headsFor(
  { head: wishes = {}, rule, loss, alpha }: Pick<RunOverrides, 'head' | 'rule' | 'loss' | 'alpha'>,
  shapes: readonly HeadShape[],
): HeadPlans {
  const names = shapes.map(({ name = '' }) => name)
  if (rule !== undefined || (loss !== undefined && loss !== 'kd'))
    throw new CollegiumError(
      'USAGE',
      `There are several targets, each with a rule and a loss of its own; name them with --head ${names[0]}:rule=${rule ?? 'NAME'}.`,
    )
  const odd = Object.keys(wishes).find((name) => !names.includes(name))
  if (odd !== undefined)
    throw new CollegiumError('USAGE', `There is no target "${odd}"; the schema has ${names.join(', ')}.`)
  return shapes.map(({ name = '', task, outputs }) => {
    const wish = wishes[name] ?? {}
    const headRule: CombineRuleName = wish.rule ?? usualRule[task]
    requireRules(task, [headRule])
    const wished = wish.loss ?? 'kd'
    if (readsDisagreement(wished))
      throw new CollegiumError('USAGE', `The loss ${wished} is for a student with one target.`)
    const chosen = lossFor({ loss: wished }, { task, classes: outputs, rules: [headRule] })
    return {
      name,
      outputs,
      rule: headRule,
      loss: chosen.loss,
      alpha: alpha ?? chosen.alpha,
      weight: wish.weight ?? 1,
    }
  })
}
