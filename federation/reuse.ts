/**
 * A sum that is known need not be asked for again.
 *
 * A teacher answers a query once: the same query to another cohort would tell, as the difference of two sums,
 * one site's answer. So a second run on the same transfer set could ask nobody. It need not: where its question
 * differs from an earlier one in nothing but name and time, the earlier sum is the sum it would get.
 */
import type { SharePart } from '#distill/shares.ts'
import { decodeManifest, type QuestionManifest } from '#proto/manifest.ts'
import type { EventOf, Fact } from './events.ts'
import { questionDue } from './decide-question.ts'
import { partsOf } from './share.ts'
import { askedAs } from './purpose.ts'
import { isMasked } from './stages.ts'
import type { FederationState, Question, Run } from './state.ts'

/**
 * The earlier question with a revealed sum that answers this manifest too: of the same roster, keys included,
 * about the same items or student, in the same share and under the same protection, and summed over as many
 * sites as this run demands. Undefined where there is none, and for plain runs, which may ask again.
 */
export function answeredBefore(
  state: FederationState,
  run: Run,
  manifest: QuestionManifest,
): Question | undefined {
  if (!isMasked(run) || run.plan.askAgain) return undefined
  return Object.values(state.questions).find(
    (question) =>
      question.sumHash !== undefined &&
      askedAs(question.purpose) === manifest.purpose &&
      (question.survivors?.length ?? 0) >= manifest.threshold &&
      answers(decodeManifest(Buffer.from(question.manifest, 'base64')), manifest),
  )
}

/** The same query, or one that asked for more kinds of share besides. */
const answers = (earlier: QuestionManifest, wanted: QuestionManifest): boolean => {
  const had = partsOf(earlier.share)
  const holds = ({ name, head, clip }: SharePart) =>
    had.some((part) => part.name === name && part.head === head && part.clip === clip)
  return partsOf(wanted.share).every(holds) && queryOf(earlier) === queryOf(wanted)
}

/** Takes the sum of an earlier question for one that is due. */
export function reuseSum(state: FederationState, fact: Omit<EventOf<'sum-reused'>, 'type' | 'at'>): Fact[] {
  const known = state.questions[fact.question]?.sumHash !== undefined
  return known && questionDue(state, fact) ? [{ type: 'sum-reused', ...fact }] : []
}

/**
 * All of a manifest but when, for which run, for which kinds of share, and how many answers at least. Other noise is
 * another query.
 */
function queryOf(manifest: QuestionManifest): string {
  const { federation, purpose, roster, share, transfer, studentHashes, schemaHash, privacy, groups, digest } =
    manifest
  const { rows, outputs, heads, scale, temperature, wordBits } = share
  const { hash, firstRow, rowCount } = transfer ?? {}
  const about = [hash, firstRow, rowCount, studentHashes, rows, outputs, heads, scale, temperature, wordBits]
  const taughtBy = digest && [digest.hash, digest.epochs]
  const protection = [privacy.mode, privacy.promise, privacy.noise, groups]
  return JSON.stringify([federation, purpose, roster, about, schemaHash, protection, taughtBy])
}
