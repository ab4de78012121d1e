/**
 * A query is answered once.
 *
 * Masks hide an answer among those of one roster. A teacher is deterministic, so the same query to the same
 * sites but one gives a second sum that differs from the first by exactly that site's answer: two sums that are
 * each harmless undo the masks together (privacy notes, 0.3). Other settings do not help: a softer temperature,
 * another scale or another kind of share is a function of the same prediction. So what counts is the items, not
 * the question.
 *
 * An answer counts from when it is sealed, whatever became of it: that the coordinator took it too late, or did
 * not say that it took it, does not bring it back. What is recognised is the very same items, by the hash of
 * their file and their rows. A coordinator that changes every item a little asks, as far as this rule can see,
 * something new; against that only noise helps, and the limits that the policy sets on the number of questions.
 */
import { haveCommonRow } from '#proto/items.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import type { Objection } from './objection.ts'
import { sealedAnswers, type SealedAnswer, type SiteState } from './site-state.ts'

/**
 * The objection to a masked question that this site's teacher has answered in part or in whole, or that asks it
 * to measure a student it has measured on the same data. Plain questions repeat nothing: whoever is answered in
 * the clear knows the answer, and learns nothing from hearing it twice.
 */
export function repeated(state: SiteState, manifest: QuestionManifest): Objection | undefined {
  if (manifest.privacy.mode === 'plain') return undefined
  const earlier = sealedAnswers(state).find((answer) => sameQuery(state, answer, manifest))
  if (!earlier) return undefined
  const what = manifest.purpose === 'evaluate' ? 'measured such a student' : 'answered about these items'
  return {
    code: 'QUERY_REPEATED',
    reason: `This site has ${what} before, for ${earlier.run}; to another roster that would tell its answer.`,
  }
}

function sameQuery({ teacher }: SiteState, answer: SealedAnswer, manifest: QuestionManifest): boolean {
  const { purpose, transfer, studentHashes } = manifest
  if (answer.purpose !== purpose) return false
  // The rows that measure students depend on the data alone, not on the teacher.
  if (!transfer)
    return (
      answer.dataset === teacher?.dataHash && subjectsOf(answer).some((hash) => studentHashes.includes(hash))
    )
  if (answer.subjectHash !== transfer.hash || answer.teacher !== teacher?.key) return false
  const { firstRow, items: rowCount, bitmap } = answer
  return haveCommonRow({ firstRow, rowCount, ...(bitmap !== undefined && { bitmap }) }, transfer)
}

/** The students that the answer was about. */
const subjectsOf = ({ subjectHash, furtherSubjects = [] }: SealedAnswer): string[] => [
  subjectHash,
  ...furtherSubjects,
]
