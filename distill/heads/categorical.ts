/** Classes: a logit for each, probabilities by softmax, cross-entropy. */
import { UNLABELLED, oneHot } from '#engine/data/dataset.ts'
import { softmaxRows } from '#engine/predictor.ts'
import { crossEntropy } from '#engine/losses.ts'
import { softmax } from '#engine/ops.ts'
import { costOfDecisions } from '../costs.ts'
import { evaluate, fidelity } from '../metrics.ts'
import type { Head } from './head.ts'

/** Classes are not reweighted: soft answers should carry a site's own class frequencies, which rules may correct. */
export function categoricalHead(classes: number): Head {
  const predictions = (probabilities: Float32Array) => ({
    rows: probabilities.length / classes,
    classes,
    probabilities,
  })
  return {
    task: 'classify',
    outputs: classes,
    squashing: 'softmax',
    predict: (logits, temperature) => softmaxRows(logits, classes, temperature),
    measure: (probabilities, { labels = new Int32Array(), costs }) => ({
      ...evaluate(predictions(probabilities), labels),
      ...(costs && { cost: costOfDecisions(predictions(probabilities), labels, costs) }),
    }),
    fidelity: (student, teacher) => fidelity(predictions(student), predictions(teacher)),
    confidences: (probabilities, { labels = new Int32Array() }) =>
      Float64Array.from(labels, (label, row) => probabilities[row * classes + label] ?? 0),
    release: (logits) => ({ logits, probabilities: softmax(logits) }),
    lesson: {
      targetWidth: classes,
      targets: ({ rows, labels = new Int32Array(rows).fill(UNLABELLED) }) => oneHot(labels, classes),
      loss: crossEntropy,
    },
  }
}
