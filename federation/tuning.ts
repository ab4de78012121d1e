/**
 * A run's search for settings (distill/tuning.ts): once the first round's sums are known, trial after trial, each an
 * event, so that a coordinator that dies goes on with the trial it was at. What comes of it follows from the trials
 * and is recorded nowhere else.
 */
import { kindsFor, rulesFrom } from '#distill/rules.ts'
import { bestOf, sizeOf, spaceAround, trialAt, type SearchSpace, type Settings } from '#distill/tuning.ts'
import { lossOf, rulesOf } from './plan.ts'
import { ruleOf, type Run } from './state.ts'

export type Trial = Run['trials'][number]

/** The trial that is due, from 0, and what it tries; undefined before there is a rule, and after the last. */
export function nextTrial(run: Run): { readonly trial: number; readonly settings: Settings } | undefined {
  const { plan, round, generation, trials } = run
  if (round > 0 || generation > 0 || trials.length >= trialsOf(run)) return undefined
  const trial = trials.length
  const space = spaceOf(run)
  return space && { trial, settings: trialAt(space, plan.seed, trial) }
}

/** How many trials the run makes in all, as far as it is known: a small space holds fewer than the plan wants. */
export function trialsOf(run: Run): number {
  const space = spaceOf(run)
  return space && run.plan.tuning ? Math.min(run.plan.tuning.trials, sizeOf(space)) : 0
}

/** What the plan says is free stays as it is: a rule that was chosen by evidence, and what follows a schedule. */
function spaceOf(run: Run): SearchSpace | undefined {
  const { plan, round, trials } = run
  const { temperature, alpha, student, training } = plan
  const rule = trials[0]?.settings.rule ?? ruleOf(run, round)
  if (rule === undefined || rule === 'by-target') return undefined
  // Rules leave different items undecided, and then are not measured alike.
  const isFixed = plan.rule === 'auto' || plan.margin !== undefined
  return spaceAround(
    { rule, loss: lossOf(plan), temperature, alpha, student, epochs: training.epochs },
    {
      rules: isFixed ? [] : rulesFrom(kindsFor(rulesOf(plan))),
      temperature: plan.temperatureSchedule === undefined,
      alpha: plan.alphaSchedule === undefined,
    },
  )
}

/** The trial whose students did best on public labels; undefined where none could be taught. */
export function bestTrial({ trials }: Run): Trial | undefined {
  const best = bestOf(trials.flatMap(({ trial, score }) => (score ? { trial, ...score } : [])))
  return best && trials[best.trial]
}

/**
 * The run with the settings of its best trial in the place of the plan's. What the sites are asked follows the plan:
 * their answers are softened at its temperature, and the student is compared with them at the trial's.
 */
export function tunedRun(run: Run): Run {
  const best = bestTrial(run)
  return best ? { ...run, plan: planWith(run.plan, best.settings) } : run
}

export function planWith(plan: Run['plan'], settings: Settings): Run['plan'] {
  const { rule, loss, temperature, alpha, student, epochs } = settings
  const isOther = temperature !== plan.temperature
  return {
    ...plan,
    ...(plan.rule !== 'auto' && { rule }),
    loss,
    ...(isOther && { temperatureSchedule: { kind: 'linear', from: temperature, to: temperature } }),
    alpha,
    student,
    training: { ...plan.training, epochs },
  }
}
