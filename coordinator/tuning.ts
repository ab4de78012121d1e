/** Tries one of the settings that a run searches: teaches students by them, and measures these on public labels. */
import { answersByHalf, crossFit, LEAST_VALIDATION, validationRows } from '#distill/cross-fit.ts'
import type { Measured } from '#distill/measured.ts'
import { scoreOf, type RuleScore } from '#distill/selection.ts'
import { subset } from '#engine/data/dataset.ts'
import type { EventOf } from '#federation/events.ts'
import { lossOf } from '#federation/plan.ts'
import type { FederationState, Run } from '#federation/state.ts'
import { nextTrial, planWith, type Trial } from '#federation/tuning.ts'
import { CollegiumError, errorCodeOf } from '#proto/errors.ts'
import type { PublicData } from './datasets.ts'
import type { SelectorParts } from './selecting.ts'
import { combinedBy, revealedSums } from './teaching.ts'

/**
 * All trials of a run are measured on the same items and start from the same seed, so that their settings are what
 * they differ in. Rejects with `TUNING_UNDECIDED` when too few transfer rows have a label or value.
 */
export async function scoreTrial(
  { blobs, runtime, clock }: SelectorParts,
  state: FederationState,
  run: Run,
  data: PublicData,
  signal: AbortSignal,
): Promise<Omit<EventOf<'trial-scored'>, 'at'>> {
  const due = nextTrial(run)
  if (!due || !run.plan.tuning) throw new CollegiumError('INTERNAL', `${run.run} has no trial to make.`)
  const began = clock()
  const { trial, settings } = due
  const plan = planWith(run.plan, settings)
  const seed = `${plan.seed}/trial`
  const sums = await revealedSums(blobs, state, run, run.round, data)
  const teaching = combinedBy([settings.rule], sums, data.transfer, plan.margin)
  const items = subset(data.transfer, teaching.items)
  const measured = validationRows(items, run.plan.tuning.validation, seed)
  if (measured.length < LEAST_VALIDATION)
    throw new CollegiumError(
      'TUNING_UNDECIDED',
      `There are ${measured.length} labelled transfer rows to try settings on, and ${LEAST_VALIDATION} is the fewest that say anything.`,
    )
  const { outputs } = plan.student
  const job = {
    student: plan.student,
    items,
    targets: teaching.targets,
    ...(teaching.disagreement && { disagreement: teaching.disagreement }),
    measured,
    labelsTeach: true,
    loss: lossOf(plan),
    temperature: plan.temperature,
    temperatureSchedule: plan.temperatureSchedule,
    alpha: plan.alpha,
    alphaSchedule: plan.alphaSchedule,
    training: () => plan.training,
    seed,
    signal,
  }
  const measuring = items.standard
    ? crossFit(runtime, job)
    : answersByHalf(runtime, job).then((halves) => scoreOf(halves, items, outputs))
  const score = await measuring.then(finite, unlessDiverged)
  signal.throwIfAborted()
  return {
    type: 'trial-scored',
    run: run.run,
    trial,
    settings,
    items: measured.length,
    ...(score && { score }),
    seconds: Math.max(0, clock() - began) / 1000,
  }
}

type Found = Pick<Measured, 'accuracy' | 'nll'> & Pick<Partial<RuleScore>, 'calibratedNll'>

/** Nothing where the predictions are not finite. */
function finite({ accuracy, nll, calibratedNll }: Found): Trial['score'] {
  if (typeof nll !== 'number' || !Number.isFinite(nll)) return undefined
  return {
    ...(typeof accuracy === 'number' && { accuracy }),
    nll,
    ...(calibratedNll !== undefined && { calibratedNll }),
  }
}

/** Settings under which training diverges are settings not to choose. */
function unlessDiverged(error: unknown): undefined {
  if (errorCodeOf(error) !== 'ENGINE_DIVERGED') throw error
}
