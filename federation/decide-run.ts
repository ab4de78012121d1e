/** The life of a run: started on a plan, distilled round by round, evaluated, released; or failed. */
import { sharePartsOf } from '#distill/shares.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { EventOf, Fact } from './events.ts'
import { groupsProblem } from './grouping.ts'
import type { RunId } from './ids.ts'
import { headWidths, itemsAsked, teachingKind, type RunPlan } from './plan.ts'
import { isOver, latestRun, ruleOf, type FederationState, type Run } from './state.ts'
import { activeThreshold, FEWEST_MASKED } from './thresholds.ts'
import { nextTrial } from './tuning.ts'

export function startRun(state: FederationState, plan: RunPlan): Fact[] {
  const active = latestRun(state)
  if (active && !isOver(active))
    throw new CollegiumError('RUN_ACTIVE', `${active.run} is still ${active.phase}.`)
  const absent = plan.roster.find((site) => state.sites[site]?.enrolment !== 'approved')
  if (absent !== undefined)
    throw new CollegiumError('SITE_NOT_APPROVED', `"${absent}" is not an approved site.`)
  if (plan.roster.length < plan.threshold) {
    const have = `${plan.roster.length} approved ${plan.roster.length === 1 ? 'site' : 'sites'}`
    throw new CollegiumError('RUN_NO_SITES', `There are ${have}; the threshold is ${plan.threshold}.`)
  }
  if (plan.privacy.mode !== 'plain' && plan.roster.length < FEWEST_MASKED) {
    const have = `${plan.roster.length} ${plan.roster.length === 1 ? 'site' : 'sites'}`
    throw new CollegiumError(
      'RUN_NO_SITES',
      `Masked sums hide each answer among at least ${FEWEST_MASKED} sites; there are ${have}.`,
    )
  }
  const fewest = activeThreshold(plan.roster.length)
  if (plan.privacy.mode !== 'plain' && plan.threshold < fewest)
    throw new CollegiumError(
      'CONFIG_INVALID',
      `A masked sum of ${plan.roster.length} sites needs a threshold of at least ${fewest}, not ${plan.threshold}.`,
    )
  const unfit =
    plan.groups &&
    groupsProblem({
      ...plan,
      groups: plan.groups,
      mode: plan.privacy.mode,
      shareKind: teachingKind(plan),
    })
  if (unfit !== undefined) throw new CollegiumError('CONFIG_INVALID', unfit)
  const { ask = 0, transfer } = plan
  if (ask > transfer.rows)
    throw new CollegiumError(
      'CONFIG_INVALID',
      `The transfer set has ${transfer.rows} rows; there are no ${ask} to ask about.`,
    )
  if (plan.rounds > itemsAsked(plan))
    throw new CollegiumError('CONFIG_INVALID', `${plan.rounds} rounds need at least as many transfer rows.`)
  if (plan.tuning && (plan.relation || plan.hint))
    throw new CollegiumError(
      'CONFIG_INVALID',
      'Settings are tried without what relations and hints teach; leave out either tune or these.',
    )
  if (plan.digest && plan.rounds < 2)
    throw new CollegiumError(
      'CONFIG_INVALID',
      'Teachers learn from each other between rounds; a run with digest needs two rounds or more.',
    )
  if (plan.digest && plan.privacy.mode === 'pate')
    throw new CollegiumError(
      'CONFIG_INVALID',
      'The sub-teachers of "pate" learn from their own rows alone; digest is for the other modes.',
    )
  requireCovered(plan)
  return [{ type: 'run-started', run: `run-${state.history.length + 1}`, plan }]
}

/** A promise must cover all that the rule asks for; sites would refuse the rest. */
function requireCovered(plan: RunPlan): void {
  const { privacy, student } = plan
  if (!('promise' in privacy)) return
  const heads = headWidths(plan)
  const parts = sharePartsOf({
    kind: teachingKind(plan),
    rows: 1,
    classes: student.outputs,
    ...(heads.length > 0 && { heads }),
  })
  const bare = parts.find(
    ({ kind }) => kind.readsRows || (privacy.mode === 'pate' && kind.encoding !== 'simplex'),
  )
  if (bare)
    throw new CollegiumError(
      'CONFIG_INVALID',
      `The rule ${plan.rule} asks for ${bare.name}, which the differential privacy of "${privacy.mode}" does not cover; mean-probability, era, votes and plurality are covered.`,
    )
  if (privacy.mode === 'pate' && parts.length > 1)
    throw new CollegiumError(
      'CONFIG_INVALID',
      `The noise of "pate" is made for one kind of share; the candidates need ${parts.map(({ name }) => name).join(' and ')}.`,
    )
}

/**
 * Records a finished piece of work, unless the run has moved past it: the same work done twice, before and
 * after a crash, counts once.
 */
export function progress(
  state: FederationState,
  fact:
    | Omit<EventOf<'candidate-trained'>, 'at'>
    | Omit<EventOf<'rule-selected'>, 'at'>
    | Omit<EventOf<'trial-scored'>, 'at'>
    | Omit<EventOf<'student-trained'>, 'at'>
    | Omit<EventOf<'student-evaluated'>, 'at'>
    | Omit<EventOf<'student-released'>, 'at'>,
): Fact[] {
  const run = state.runs[fact.run]
  const expected = {
    'candidate-trained': 'distilling',
    'rule-selected': 'distilling',
    'trial-scored': 'distilling',
    'student-trained': 'distilling',
    'student-evaluated': 'evaluating',
    'student-released': 'releasing',
  }
  if (run?.phase !== expected[fact.type]) return []
  if ('round' in fact && fact.round !== run.round) return []
  if (fact.type === 'student-trained' && (fact.generation ?? 0) !== run.generation) return []
  if (fact.type === 'trial-scored' && fact.trial !== nextTrial(run)?.trial) return []
  const selects = fact.type === 'rule-selected' || fact.type === 'candidate-trained'
  if (selects && ruleOf(run, fact.round) !== undefined) return []
  if (fact.type === 'candidate-trained' && run.candidates.some(({ rule }) => rule === fact.rule)) return []
  return [fact]
}

export function failRun(state: FederationState, run: RunId, code: string, reason: string): Fact[] {
  const failing = state.runs[run]
  return failing && !isOver(failing) ? [{ type: 'run-failed', run, code, reason: reason.slice(0, 1000) }] : []
}

/** A run by name, or the newest one. */
export function requireRun(state: FederationState, id?: RunId): Run {
  const run = id === undefined ? latestRun(state) : state.runs[id]
  if (run) return run
  throw new CollegiumError(
    'RUN_UNKNOWN',
    id === undefined ? 'No run has been started yet.' : `There is no run "${id}".`,
  )
}
