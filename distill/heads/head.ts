/**
 * What the numbers that a network gives mean, and what follows for teaching it and measuring it.
 *
 * Everything that differs between classifying, predicting a number, several labels or several targets is behind this
 * interface, so that a teacher, the coordinator and a simulation read alike for all. Predictions are rows x outputs:
 * probabilities of the classes, mean and variance, or a probability for each label.
 */
import type { Dataset } from '#engine/data/dataset.ts'
import type { Task } from '#engine/data/target.ts'
import type { Expr } from '#engine/expr.ts'
import type { LossFn } from '#engine/losses.ts'
import type { Squashing } from '#engine/predictor.ts'
import type { Measured } from '../measured.ts'

export interface Head {
  readonly task: Task
  /** What a network gives for a row: rows of logits or of predictions are as wide. */
  readonly outputs: number
  /** Makes probabilities of logits; absent where the network gives neither. */
  readonly squashing?: Squashing
  /** Predictions from what a network gives, rows x outputs; `temperature` softens classes and labels only. */
  predict(raw: Float32Array, temperature?: number): Float32Array
  /** Of predictions for all rows of a dataset, every one of which has its label or value; labels may lack here and there. */
  measure(predictions: Float32Array, dataset: Dataset): Measured
  /** How closely a student follows a teacher on the same rows. */
  fidelity(student: Float32Array, teacher: Float32Array): Pick<Measured, 'agreement' | 'meanKl'>
  /** How much a model likes each row's own label or value: what a threshold attack on membership goes by. */
  confidences(predictions: Float32Array, dataset: Dataset): Float64Array
  /** What a released model answers, of what the network gives [batch, outputs]. */
  readonly release: (given: Expr) => Readonly<Record<string, Expr>>
  /** What a teacher learns from: labels one-hot, values or marks, as a tensor of a batch, and the loss that reads it. */
  readonly lesson: {
    readonly targetWidth: number
    /** rows x `targetWidth`. */
    readonly targets: (dataset: Dataset) => Float32Array
    readonly loss: LossFn
  }
}
