/** How each of several targets is taught: the operator's wishes by name over what is usual for its kind. */
import { readsDisagreement } from '#distill/losses/registry.ts'
import { usualRule, type CombineRuleName } from '#distill/rules.ts'
import type { HeadShape } from '#engine/data/target.ts'
import type { RunPlan } from '#federation/plan.ts'
import { CollegiumError } from '#proto/errors.ts'
import { lossFor } from './choose-loss.ts'
import type { RunOverrides } from './config.ts'
import { requireFit, requireRules } from './task-fit.ts'

type HeadPlans = NonNullable<RunPlan['heads']>

interface PlannedHeads {
  readonly heads: HeadPlans
  /** What became of wishes that could not be met, a sentence each. */
  readonly notes: readonly string[]
}

/**
 * Throws `USAGE` for a target that the schema does not have, and for a rule or loss that does not fit one, and
 * `NOT_AVAILABLE` for what does not go with several targets.
 */
export function headsFor(wish: RunOverrides, shapes: readonly HeadShape[]): PlannedHeads {
  requireFit('multitask', [], wish)
  const { head: wishes = {}, rule, loss, alpha } = wish
  const names = shapes.map(({ name = '' }) => name)
  if (rule !== undefined || (loss !== undefined && loss !== 'kd'))
    throw new CollegiumError(
      'USAGE',
      `There are several targets, each with a rule and a loss of its own; name them with --head ${names[0]}:${rule === undefined ? `loss=${loss}` : `rule=${rule}`}.`,
    )
  const odd = Object.keys(wishes).find((name) => !names.includes(name))
  if (odd !== undefined)
    throw new CollegiumError('USAGE', `There is no target "${odd}"; the schema has ${names.join(', ')}.`)
  const notes: string[] = []
  const heads = shapes.map(({ name = '', task, outputs }) => {
    const own = wishes[name] ?? {}
    const headRule: CombineRuleName = own.rule ?? usualRule[task]
    requireRules(task, [headRule])
    const wished = own.loss ?? 'kd'
    if (readsDisagreement(wished))
      throw new CollegiumError('USAGE', `The loss ${wished} is for a student with one target.`)
    const chosen = lossFor({ loss: wished }, { task, classes: outputs, rules: [headRule] })
    if (chosen.note !== undefined) notes.push(`${name}: ${chosen.note}`)
    return {
      name,
      outputs,
      rule: headRule,
      loss: chosen.loss,
      alpha: alpha ?? chosen.alpha,
      weight: own.weight ?? 1,
    }
  })
  return { heads, notes }
}
