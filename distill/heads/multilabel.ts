/** Several labels, of which a row may have any number: a logit for each, probabilities by sigmoid, binary cross-entropy. */
import { field } from '#engine/losses.ts'
import { mean, sigmoid } from '#engine/ops.ts'
import { markedCrossEntropyRows } from '../losses/bce.ts'
import { labelFidelity, multilabelMetrics } from '../multilabel-metrics.ts'
import { sigmoids } from '../sigmoid.ts'
import type { Head } from './head.ts'

/** Least probability of a label that is there; as with classes, one costs at most 16 nats. */
const LEAST = Math.exp(-16)

export function multilabelHead(labels: number): Head {
  return {
    task: 'multilabel',
    outputs: labels,
    squashing: 'sigmoid',
    predict: (logits, temperature) => Float32Array.from(sigmoids(logits, temperature)),
    measure: (probabilities, { marks = new Float32Array() }) =>
      multilabelMetrics(probabilities, marks, labels),
    fidelity: labelFidelity,
    /** The log-likelihood of what is known of a row's labels. */
    confidences: (probabilities, { rows, marks = new Float32Array() }) =>
      Float64Array.from({ length: rows }, (_, row) => {
        let sum = 0
        for (let at = row * labels; at < (row + 1) * labels; at++) {
          const [yes, mark] = [probabilities[at] as number, marks[at] ?? 0]
          if (mark !== 0) sum += Math.log(Math.max(LEAST, mark > 0 ? yes : 1 - yes))
        }
        return sum
      }),
    release: (logits) => ({ logits, probabilities: sigmoid(logits) }),
    lesson: {
      targetWidth: labels,
      targets: ({ rows, marks = new Float32Array(rows * labels) }) => marks,
      loss: (logits, batch) => mean(markedCrossEntropyRows(logits, field(batch, 'targets'))),
    },
  }
}
