/** The wishes that a student learns what teachers see of items: what they take, and what they do not go with. */
import { relationLosses } from '#distill/losses/relations.ts'
import { GRAM_BLOCK } from '#distill/shares/gram-blocks.ts'
import { activationShape } from '#engine/activations.ts'
import type { Task } from '#engine/data/target.ts'
import { embeddingWidth } from '#engine/embeddings.ts'
import type { NetworkSpec } from '#engine/spec.ts'
import { itemCountOfRound, type RunPlan } from '#federation/plan.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { RunOverrides } from './config.ts'

interface Known extends Pick<RunPlan, 'ask' | 'transfer' | 'rounds'> {
  readonly mode: string
  readonly task: Task
  readonly student: NetworkSpec
  readonly batchSize: number | undefined
}

/** Each absent where there is no such wish. Throws `USAGE` with the first thing that stands against one. */
export function relationsOf(
  wish: RunOverrides,
  known: Known,
): Pick<RunPlan, 'relation' | 'hint' | 'attention'> {
  const { relation: loss, relationWeight, relationDepths: depths, hint, attention } = wish
  const ofItems = (option: string) => [wholeProblem(option, wish, known), itemsProblem(option, known)]
  const problems = [
    ...(loss === undefined ? [] : [...ofItems('--relation'), batchProblem(wish, known)]),
    ...(hint === undefined ? [] : [...ofItems('--hint'), roundsProblem(known)]),
    ...(attention === undefined
      ? []
      : [wholeProblem('--attention', wish, known), placesProblem(wish, known)]),
    loss === undefined && relationWeight !== undefined
      ? 'A relation weight needs a relation; give --relation too.'
      : undefined,
    loss === undefined && depths !== undefined
      ? 'Depths are those of a relation; give --relation too.'
      : undefined,
  ]
  const problem = problems.find((sentence) => sentence !== undefined)
  if (problem !== undefined) throw new CollegiumError('USAGE', problem)
  return {
    ...(loss && {
      relation: {
        loss,
        weight: relationWeight ?? relationLosses[loss].usualWeight,
        ...(depths && { depths }),
      },
    }),
    ...(hint !== undefined && { hint }),
    ...(attention !== undefined && { attention }),
  }
}

function wholeProblem(option: string, wish: RunOverrides, { mode, task }: Known): string | undefined {
  if (mode === 'pate' || mode === 'dpsgd')
    return `What teachers see of items is asked for without differential privacy; leave ${option} out with ${mode}.`
  if (task !== 'classify') return `What teachers see of items is asked for with classes; leave ${option} out.`
  const odd = [
    ...(wish.groups === undefined ? [] : ['--groups']),
    ...(wish.margin === undefined ? [] : ['--margin']),
    ...(wish.bits === undefined ? [] : ['--bits']),
    ...(wish.topK === undefined ? [] : ['--top-k']),
  ]
  return odd.length > 0
    ? `${option} takes whole answers about all items; leave ${odd[0]} out with it.`
    : undefined
}

function itemsProblem(option: string, known: Known): string | undefined {
  if (embeddingWidth(known.student) === undefined)
    return `${option} teaches a hidden layer that ends in a dense one; the student has none.`
  // Rounds differ by at most one item, and the first has no more than another.
  const fewest = itemCountOfRound(known, 0)
  return fewest < GRAM_BLOCK
    ? `${option} takes ${GRAM_BLOCK} items in a round; one has ${fewest}. Take fewer rounds or more items.`
    : undefined
}

/** A step takes one block as it is. */
function batchProblem({ augment }: RunOverrides, { batchSize }: Known): string | undefined {
  if (augment?.includes('mixup')) return 'Mixed items have no relations; leave mixup out with --relation.'
  return batchSize === undefined || batchSize === GRAM_BLOCK
    ? undefined
    : `Relations are taught ${GRAM_BLOCK} items a step; leave the batch size out with --relation.`
}

/** What moves or mixes images moves what there is to look at. */
function placesProblem({ augment }: RunOverrides, { student }: Known): string | undefined {
  if (!activationShape(student))
    return '--attention teaches a student that convolves images, such as cnn:16,32/64; this one does not.'
  const odd = ['shift', 'crop', 'flip', 'mixup'].find((kind) => augment?.includes(kind))
  return odd === undefined
    ? undefined
    : `Teachers say where to look in images as they are; leave ${odd} out with --attention.`
}

/** Each round has landmarks of its own, and so coordinates that mean something else. */
const roundsProblem = ({ rounds }: Known): string | undefined =>
  rounds === 1 ? undefined : `--hint takes one round, not ${rounds}.`
