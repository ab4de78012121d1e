/** What a run may wish for where no classes are predicted: an unheard wish would be worse than a refused one. */
import { ruleNames, taskOfRule, type CombineRuleName } from '#distill/rules.ts'
import { inWords, type OneTask, type Task } from '#engine/data/target.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { RunOverrides } from './config.ts'

/** Throws `USAGE` for a rule that combines answers of another kind, and `NOT_AVAILABLE` for what is about classes. */
export function requireFit(task: Task, rules: readonly CombineRuleName[], wish: RunOverrides): void {
  if (task !== 'multitask') requireRules(task, rules)
  const [missing] = notFor[task](wish)
  if (missing !== undefined)
    throw new CollegiumError(
      'NOT_AVAILABLE',
      `This version does not have ${missing} where ${inWords[task]} ${task === 'regress' ? 'is' : 'are'} predicted.`,
    )
}

/** Throws `USAGE` for a rule that combines answers of another kind. */
export function requireRules(task: OneTask, rules: readonly CombineRuleName[]): void {
  const odd = rules.find((rule) => taskOfRule(rule) !== task)
  if (odd !== undefined) {
    const fitting = ruleNames.filter((rule) => taskOfRule(rule) === task).join(', ')
    throw new CollegiumError(
      'USAGE',
      `The rule ${odd} does not combine predictions of ${inWords[task]}: ${fitting}.`,
    )
  }
}

/** Needs answers of classes, of which one is the likeliest and all add up to one. */
function aboutClasses({ privacy, groups, margin, ask, digest }: RunOverrides): string[] {
  const [mode = ''] = privacy?.split(':') ?? []
  return [
    ...(mode === 'pate' || mode === 'dpsgd' ? [`differential privacy (${mode})`] : []),
    ...(groups === undefined ? [] : ['sums by group']),
    ...(margin === undefined ? [] : ['a margin']),
    ...(ask === undefined ? [] : ['a budget of items']),
    ...(digest === undefined ? [] : ['digest']),
  ]
}

const notFor: Readonly<Record<Task, (wish: RunOverrides) => string[]>> = {
  classify: () => [],
  regress: (wish) => [
    ...aboutClasses(wish),
    ...(wish.rule === 'auto' ? ['a choice among rules'] : []),
    ...(wish.generations === undefined ? [] : ['generations']),
    ...((wish.temperatureSchedule ?? wish.alphaSchedule) === undefined ? [] : ['a schedule']),
  ],
  multilabel: (wish) => [
    ...aboutClasses(wish),
    ...(wish.rule === 'auto' ? ['a choice among rules'] : []),
    ...(wish.tune === undefined ? [] : ['a search for settings']),
    // Means of probabilities cannot be softened further, label by label, after they were shared.
    ...(wish.temperatureSchedule === undefined ? [] : ['a schedule of temperature']),
  ],
  multitask: (wish) => [
    ...aboutClasses(wish),
    ...(wish.rule === 'auto' ? ['a choice among rules'] : []),
    // One scale serves all heads, and a coarse one for a number's moments would leave nothing of probabilities.
    ...(wish.bits === undefined ? [] : ['fewer bits']),
    ...(wish.tune === undefined ? [] : ['a search for settings']),
    ...(wish.generations === undefined ? [] : ['generations']),
    // A number has neither temperature nor schedules, and one wish for all targets would be heard by some of them.
    ...((wish.temperatureSchedule ?? wish.alphaSchedule) === undefined ? [] : ['a schedule']),
    ...((wish.relation ?? wish.hint ?? wish.attention) === undefined
      ? []
      : ['relations, hints and attention']),
  ],
}
