/**
 * Finds out which of a run's candidate rules teaches best, a step at a time.
 *
 * Where enough public labels say so, that is one step, again in every round. Where they do not, it is one step for each
 * candidate, which teaches a student; then one question to the sites about all of these students (obligations.ts); and,
 * when its sum is known, the last step, which holds for the whole run. Each step ends in an event: a coordinator that
 * dies between two goes on at the one that is missing.
 */
import { LEAST_VALIDATION, validationRows } from '#distill/cross-fit.ts'
import { bestRule, briefStudent, scoreRules, scoresOfCounts, type BriefLesson } from '#distill/selection.ts'
import { encodeNetwork } from '#engine/checkpoint.ts'
import { subset } from '#engine/data/dataset.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { EventOf } from '#federation/events.ts'
import { sitesMayMeasure } from '#federation/plan.ts'
import type { Blobs, Clock } from '#federation/ports.ts'
import { decodeSum } from '#federation/share.ts'
import { allCandidatesTrained, questionOf, type FederationState, type Run } from '#federation/state.ts'
import { bytesToWords } from '#privacy/fixed-point.ts'
import { CollegiumError } from '#proto/errors.ts'
import { decodeManifest } from '#proto/manifest.ts'
import type { PublicData } from './datasets.ts'
import { combinedBy, revealedSums } from './teaching.ts'

export interface SelectorParts {
  readonly blobs: Blobs
  readonly runtime: Runtime
  readonly clock: Clock
}

type Selected = Omit<EventOf<'rule-selected'>, 'at'>
type CandidateTrained = Omit<EventOf<'candidate-trained'>, 'at'>

/**
 * The next step. Rejects with `RULE_UNDECIDED` when too few transfer rows have a label and the sites may not say, or
 * say too little.
 */
export async function selectRule(
  parts: SelectorParts,
  state: FederationState,
  run: Run,
  data: PublicData,
  signal: AbortSignal,
): Promise<Selected | CandidateTrained> {
  if (allCandidatesTrained(run)) return chosenBySites(parts, state, run)
  const { blobs, runtime, clock } = parts
  const { plan, round } = run
  const began = clock()
  const { candidates, validation } = plan.selection ?? { candidates: [], validation: 0 }
  const sums = await revealedSums(blobs, state, run, round, data)
  const taughtBy = (rule: (typeof candidates)[number]) => ({
    rule,
    ...combinedBy([rule], sums, data.transfer),
  })
  const next = candidates[run.candidates.length]
  if (!next) throw new CollegiumError('INTERNAL', `${run.run} has no candidates.`)
  const { items: taught, targets } = taughtBy(next)
  const asked = subset(data.transfer, taught)
  const lesson = {
    student: plan.student,
    items: asked,
    temperature: plan.temperature,
    training: plan.training,
    seed: `${plan.seed}/rule/${round}`,
    signal,
  } satisfies BriefLesson
  const about = { run: run.run, round }
  const seconds = () => Math.max(0, clock() - began) / 1000

  const { labels } = asked
  const items = validationRows(asked, validation, lesson.seed).length
  if (labels && items >= LEAST_VALIDATION) {
    const scores = await scoreRules(runtime, {
      ...lesson,
      items: { ...asked, labels },
      candidates: candidates.map(taughtBy),
      validation,
    })
    signal.throwIfAborted()
    const { rule } = bestRule(scores)
    return { type: 'rule-selected', ...about, rule, by: 'labels', items, scores, seconds: seconds() }
  }
  if (!sitesMayMeasure(plan)) throw undecided(`There are ${items} labelled transfer rows to choose a rule by`)
  const network = await briefStudent(runtime, lesson, targets)
  signal.throwIfAborted()
  const networkHash = await blobs.put(encodeNetwork(network))
  return { type: 'candidate-trained', ...about, rule: next, networkHash, seconds: seconds() }
}

/** By what the sites counted, of all candidates in one sum. */
async function chosenBySites({ blobs }: SelectorParts, state: FederationState, run: Run): Promise<Selected> {
  const { round, candidates } = run
  const question = questionOf(state, run, 'select', round)
  if (question?.sumHash === undefined)
    throw undecided('Too few sites measured what the candidate rules teach, and no labels say which is best')
  const { share, studentHashes } = decodeManifest(Buffer.from(question.manifest, 'base64'))
  const counts = decodeSum(share, bytesToWords(await blobs.get(question.sumHash)))
  const { items, scores } = scoresOfCounts(candidates, {
    counts,
    networks: studentHashes,
    classes: share.outputs,
  })
  if (items < LEAST_VALIDATION) throw undecided(`The sites together keep ${items} rows to choose a rule by`)
  const seconds = candidates.reduce((sum, candidate) => sum + candidate.seconds, 0)
  const { rule } = bestRule(scores)
  return { type: 'rule-selected', run: run.run, round, rule, by: 'sites', items, scores, seconds }
}

const undecided = (why: string) =>
  new CollegiumError(
    'RULE_UNDECIDED',
    `${why}, and ${LEAST_VALIDATION} is the fewest that say anything. Name a rule instead of "auto".`,
  )
