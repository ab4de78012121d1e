/** Finds out, on public labels, which of a run's candidate rules teaches best. */
import { LEAST_VALIDATION, validationRows } from '#distill/cross-fit.ts'
import { bestRule, scoreRules } from '#distill/selection.ts'
import { subset } from '#engine/data/dataset.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { EventOf } from '#federation/events.ts'
import type { Blobs, Clock } from '#federation/ports.ts'
import type { FederationState, Run } from '#federation/state.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { PublicData } from './datasets.ts'
import { combinedBy, revealedSums } from './teaching.ts'

export interface SelectorParts {
  readonly blobs: Blobs
  readonly runtime: Runtime
  readonly clock: Clock
}

/**
 * Everything revealed so far decides, at once for all candidates: no site is asked again. Rejects with
 * `RULE_UNDECIDED` when too few transfer rows have a label.
 */
export async function selectRule(
  { blobs, runtime, clock }: SelectorParts,
  state: FederationState,
  run: Run,
  data: PublicData,
  signal: AbortSignal,
): Promise<Omit<EventOf<'rule-selected'>, 'at'>> {
  const { plan, round } = run
  const began = clock()
  const { transfer } = data
  const { candidates, validation } = plan.selection ?? { candidates: [], validation: 0 }
  const sums = await revealedSums(blobs, state, run, round, data)
  const teachings = candidates.map((rule) => ({ rule, ...combinedBy(rule, sums, transfer) }))
  const [first] = teachings
  const seed = `${plan.seed}/rule/${round}`
  const asked = subset(transfer, first?.items ?? [])
  const items = validationRows(asked, validation, seed).length
  if (!asked.labels || items < LEAST_VALIDATION)
    throw new CollegiumError(
      'RULE_UNDECIDED',
      `There are ${items} labelled transfer rows to choose a rule by, and ${LEAST_VALIDATION} is the fewest that say anything. Name a rule instead of "auto".`,
    )
  const scores = await scoreRules(runtime, {
    student: plan.student,
    items: { ...asked, labels: asked.labels },
    candidates: teachings,
    temperature: plan.temperature,
    training: plan.training,
    validation,
    seed,
    signal,
  })
  signal.throwIfAborted()
  return {
    type: 'rule-selected',
    run: run.run,
    round,
    rule: bestRule(scores).rule,
    items,
    scores,
    seconds: Math.max(0, clock() - began) / 1000,
  }
}
