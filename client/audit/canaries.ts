/** Canaries: rows made up so that a model that remembers rows remembers these, and nobody is harmed by it. */
import { concatenate, subset, type Dataset } from '#engine/data/dataset.ts'
import { allRows } from '#engine/data/split.ts'
import type { Random } from '#engine/random.ts'

export interface Canaries {
  /** Near-duplicates of rows that trained nothing, each with a label that is not its own. */
  readonly rows: Dataset
  /** A fair coin for each: whether it is put among the training rows. */
  readonly included: readonly boolean[]
}

/** Standard deviation of what tells a near-duplicate from its row, in the units of encoded features. */
const JITTER = 0.05

/** Makes at most `count` canaries, at most one from each row of `source`, whose rows all have labels. */
export function makeCanaries(source: Dataset, count: number, random: Random): Canaries {
  const [picking, moving, labelling, tossing] = ['rows', 'jitter', 'labels', 'coins'].map((label) =>
    random.fork(label),
  ) as [Random, Random, Random, Random]
  const copied = subset(source, picking.shuffle(allRows(source.rows)).subarray(0, count))
  const classes = source.classes.length
  return {
    rows: {
      ...copied,
      inputs: copied.inputs.map((value) => value + JITTER * moving.normal()),
      labels: (copied.labels ?? new Int32Array()).map(
        (label) => (label + 1 + labelling.integer(classes - 1)) % classes,
      ),
    },
    included: Array.from({ length: copied.rows }, () => tossing.integer(2) === 1),
  }
}

/** The training rows, but for the canaries whose coin said so in the place of as many of them. */
export function withCanaries(training: Dataset, { rows, included }: Canaries, random: Random): Dataset {
  const chosen = allRows(rows.rows).filter((row) => included[row] === true)
  const kept = random.shuffle(allRows(training.rows)).subarray(chosen.length)
  return concatenate([subset(training, kept), subset(rows, chosen)])
}
