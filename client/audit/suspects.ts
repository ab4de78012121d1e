/** Whose membership an audit guesses, and how a guess is scored. */
import { concatenate, type Dataset } from '#engine/data/dataset.ts'
import { inWords } from '#engine/data/target.ts'
import { headOf } from '#distill/heads.ts'
import { epsilonFromScores } from '#privacy/audit/epsilon-bound.ts'
import type { AttackResult } from '#privacy/audit/report.ts'
import { summariseRoc } from '#privacy/audit/roc.ts'
import { CollegiumError } from '#proto/errors.ts'
import { rowsByUnit } from '../units.ts'

export interface Suspects {
  /** The rows that trained the teacher and, after them, rows of the same kind that did not; all with labels. */
  readonly dataset: Dataset
  /** How many of them trained it. */
  readonly trained: number
  /** Rows of the dataset that are guessed about: one of each unit, for the bounds take them to be independent. */
  readonly members: Int32Array
  readonly nonMembers: Int32Array
}

/** Throws `AUDIT_IMPOSSIBLE` when there are fewer than two on either side, or what is predicted are no classes. */
export function suspectsOf(training: Dataset, validation: Dataset): Suspects {
  const { task } = headOf(training)
  if (task !== 'classify')
    throw new CollegiumError(
      'AUDIT_IMPOSSIBLE',
      `The attacks are on predictions of classes, and this federation predicts ${inWords[task]}.`,
    )
  const members = oneOfEachUnit(training)
  const nonMembers = oneOfEachUnit(validation)
  if (members.length < 2 || nonMembers.length < 2)
    throw new CollegiumError(
      'AUDIT_IMPOSSIBLE',
      `There are ${members.length} training rows and ${nonMembers.length} others; an audit needs two of each.`,
    )
  return {
    dataset: concatenate([training, validation]),
    trained: training.rows,
    members,
    nonMembers: nonMembers.map((row) => training.rows + row),
  }
}

/** The first row of each unit. */
export const oneOfEachUnit = (dataset: Dataset): Int32Array =>
  Int32Array.from(rowsByUnit(dataset), ([first]) => first as number)

/** How well scores, one for each row of the dataset, tell members from the others. */
export function attackResult(
  { members, nonMembers }: Pick<Suspects, 'members' | 'nonMembers'>,
  attack: Pick<AttackResult, 'attack' | 'artefact' | 'delta'>,
  scores: Float64Array,
): AttackResult {
  const of = (rows: Int32Array) => Float64Array.from(rows, (row) => scores[row] as number)
  const split = { members: of(members), nonMembers: of(nonMembers) }
  const epsilonAtLeast = epsilonFromScores(split, attack.delta)
  return { ...attack, rows: 'private', ...summariseRoc(split), epsilonAtLeast }
}
