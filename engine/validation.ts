/** Judging a network, between epochs, on rows that it does not learn from. */
import { rowsIn, widthsOf, wrongData } from './batch.ts'
import type { BatchData } from './batch.ts'
import type { LossFn } from './losses.ts'
import { workPerRow } from './network.ts'
import { floats } from './session/runtime.ts'
import type { Runtime } from './session/runtime.ts'
import type { NetworkSpec } from './spec.ts'
import { feedsOf, WORK_PER_CALL } from './training-calls.ts'
import { lossModel } from './training-graph.ts'

export interface Validation {
  readonly batch: BatchData
  /** Epochs without a better score after which training stops. */
  readonly patience: number
  /** `loss` unless told. */
  readonly metric?: 'loss' | 'accuracy' | Metric
}

export interface Metric {
  readonly better: 'higher' | 'lower'
  /** From the logits of all rows [rows, outputs] and the rows themselves; must be a number. */
  of(logits: Float32Array, batch: BatchData): number
}

export interface Judgement {
  readonly loss: number
  /** By the metric asked for. */
  readonly score: number
}

export interface Judge {
  judge(parameters: Float32Array): Promise<Judgement>
  isBetter(score: number, than: number | undefined): boolean
  release(): Promise<void>
}

/** The share of rows whose largest logit is where their largest target is. */
export const accuracy: Metric = {
  better: 'higher',
  of(logits, batch) {
    const rows = rowsIn(batch)
    const outputs = logits.length / rows
    const targets = batch['targets']!.data
    let right = 0
    for (let row = 0; row < rows; row++) {
      const of = (values: Float32Array) => largestAt(values.subarray(row * outputs, (row + 1) * outputs))
      if (of(logits) === of(targets)) right++
    }
    return right / rows
  },
}

const largestAt = (values: Float32Array): number => values.indexOf(Math.max(...values))

const MOST_ROWS_PER_CALL = 4096

/** The loss and the score of any parameters, computed a bounded number of rows at a time. */
export async function openJudge(
  runtime: Runtime,
  spec: NetworkSpec,
  loss: LossFn,
  { batch, metric = 'loss' }: Validation,
): Promise<Judge> {
  const session = await runtime.load(lossModel(spec, widthsOf(batch), loss))
  const rows = rowsIn(batch)
  const affordable = Math.floor(WORK_PER_CALL / (2 * workPerRow(spec)))
  const rowsPerCall = Math.max(1, Math.min(affordable, MOST_ROWS_PER_CALL))
  const measure = metric === 'accuracy' ? accuracy : metric === 'loss' ? undefined : metric
  const asked = measure ? ['loss', 'logits'] : ['loss']
  const rises = measure?.better === 'higher'

  return {
    async judge(parameters) {
      const logits = new Float32Array(measure ? rows * spec.outputs : 0)
      let total = 0
      for (let from = 0; from < rows; from += rowsPerCall) {
        const to = Math.min(rows, from + rowsPerCall)
        const state = { parameters: { data: parameters, shape: [parameters.length] } }
        const outputs = await session.run({ ...state, ...feedsOf(batch, from, to) }, asked)
        total += (floats(outputs, 'loss')[0]! * (to - from)) / rows
        if (measure) logits.set(floats(outputs, 'logits'), from * spec.outputs)
      }
      const score = measure && Number.isFinite(total) ? measure.of(logits, batch) : total
      if (Number.isNaN(score) && !Number.isNaN(total))
        throw wrongData('The metric of validation gave no number.')
      return { loss: total, score }
    },
    isBetter: (score, than) => than === undefined || (rises ? score > than : score < than),
    release: () => session.release(),
  }
}
