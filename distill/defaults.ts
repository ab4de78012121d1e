/**
 * Networks and training that suit the size of the data, where nobody said otherwise.
 *
 * Chosen by measuring, on rows that never trained (mean probability, temperature 2, no labels used). What they
 * give now; docs/how-to-simulate.md, docs/explanation-cohort.md and examples/heart have the commands:
 *
 *                                              lone teachers   ensemble   student   pooled
 *     heart, 4 hospitals, 920 rows, AUROC        .778 - .867       .877      .877     .884
 *     demo cohort, 5 sites of 400, accuracy      .659 - .684       .806      .803     .828
 *     MNIST, 20 Dirichlet(.1) sites, accuracy       mean .344      .847      .839     .980
 *
 * What the search taught: below 300 rows a linear model beats every network with a hidden layer; weight
 * decay should fall as rows grow (500 / rows, at most 1), and a few hundred rows are better spent on training
 * than on deciding when to stop; a student of soft targets hardly overfits, so it may train long. A number, unlike
 * a class, is worth two hidden layers from a hundred rows on: with the 148 rows of concrete at each of five sites, the
 * ensemble's RMSE is a sixth lower than with one (docs/how-to-simulate.md has what the defaults give).
 */
import { featureCount, type FeatureSchema } from '#engine/data/schema.ts'
import { outputCount, taskOf } from '#engine/data/target.ts'
import { parseSpec, type MlpSpec, type NetworkSpec } from '#engine/spec.ts'
import type { Training } from './distil.ts'
import { distillationLosses } from './losses/registry.ts'
import type { TeacherTraining } from './teach.ts'

/**
 * Softens teachers and student. Under MNIST's label skew the student's accuracy is .807 at 1, .839 at 2 and
 * .853 at 4; on heart its AUROC is .877 at all three (`collegium simulate … --temperature T`).
 */
export const DEFAULT_TEMPERATURE = distillationLosses.kd.temperature

/** The network of a site with `rows` rows to train on. */
export function defaultTeacher(schema: FeatureSchema, rows: number): MlpSpec {
  const width = hiddenWidth(schema)
  if (taskOf(schema) === 'regress') return network(schema, [width, width])
  return network(schema, rows < 300 ? [] : [width])
}

/**
 * For a perceptron about 800 steps in 10 to 100 epochs; from 2,000 rows a tenth of them decides when to stop. For
 * another network about 2,000 small steps, on all rows.
 */
export function defaultTeacherTraining(rows: number, spec?: NetworkSpec): TeacherTraining {
  if (spec && spec.kind !== 'mlp') {
    const epochs = epochsFor({ steps: 2000, rows, batchSize: DEEP.batchSize, fewest: 6, most: 100 })
    return { ...DEEP, epochs, weightDecay: 0.01, stopping: 0, patience: 10 }
  }
  const batchSize = defaultBatchSize(rows)
  return {
    epochs: epochsFor({ steps: 800, rows, batchSize, fewest: 10, most: 100 }),
    batchSize,
    learningRate: 0.01,
    weightDecay: between(0.01, Number((500 / rows).toPrecision(2)), 1),
    stopping: rows < 2000 ? 0 : 0.1,
    patience: 10,
  }
}

/** The student's network; it must hold what all teachers know, so the transfer set's size does not shrink it. */
export function defaultStudent(schema: FeatureSchema, _transferRows: number): MlpSpec {
  return network(schema, [hiddenWidth(schema)])
}

/** About 3,000 steps in 30 to 400 epochs over the transfer set; for other networks than perceptrons 7,500 small ones. */
export function defaultStudentTraining(
  transferRows: number,
  spec?: NetworkSpec,
  wishedBatchSize?: number,
): Training {
  if (spec && spec.kind !== 'mlp') {
    const batchSize = wishedBatchSize ?? DEEP.batchSize
    const epochs = epochsFor({ steps: 7500, rows: transferRows, batchSize, fewest: 30, most: 400 })
    return { ...DEEP, batchSize, epochs, weightDecay: 0.05 }
  }
  const batchSize = wishedBatchSize ?? defaultBatchSize(transferRows)
  const epochs = epochsFor({ steps: 3000, rows: transferRows, batchSize, fewest: 30, most: 400 })
  return { epochs, batchSize, learningRate: 0.01, weightDecay: 0.1 }
}

function network(schema: FeatureSchema, hidden: readonly number[]): MlpSpec {
  const [inputs, outputs] = [featureCount(schema), outputCount(schema)]
  return parseSpec({ kind: 'mlp', inputs, hidden, outputs })
}

/** What a perceptron takes makes deeper networks diverge, and they learn more of twice as many steps half as large. */
const DEEP = { batchSize: 32, learningRate: 0.003 } as const

function hiddenWidth(schema: FeatureSchema): number {
  return featureCount(schema) < 200 ? 64 : 128
}

function defaultBatchSize(rows: number): number {
  return rows < 1000 ? 32 : rows < 20_000 ? 64 : 128
}

function epochsFor(wish: {
  steps: number
  rows: number
  batchSize: number
  fewest: number
  most: number
}): number {
  return between(wish.fewest, Math.ceil((wish.steps * wish.batchSize) / Math.max(1, wish.rows)), wish.most)
}

function between(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
