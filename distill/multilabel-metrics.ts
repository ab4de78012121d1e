/**
 * How good predictions of several labels are: each label is measured as two classes, no and yes, on the rows that
 * are known to have or not to have it, and the figures of all are the means over the labels (macro).
 *
 *     row          p(angina)  angina    p(disease)  disease
 *     1               .9        yes         .2         no        angina: both rows; accuracy 1/2
 *     2               .6        no          .7       not known   disease: the first row; accuracy 1
 *                                                                 accuracy of all: 3/4
 *
 * Macro-F1 is the mean F1 of "yes", the measure of the field; of two classes it would count "no" as well.
 */
import {
  evaluate,
  fidelity,
  meanOf,
  type ClassMetrics,
  type Metrics,
  type ReliabilityBin,
} from './metrics.ts'
import { asPairs } from './sigmoid.ts'

/** `predictions` are probabilities, `marks` 1, -1 and 0 for not known; both rows x labels. */
export function multilabelMetrics(predictions: Float32Array, marks: Float32Array, labels: number): Metrics {
  const rows = labels > 0 ? marks.length / labels : 0
  const each = Array.from({ length: labels }, (_, label) => {
    const places = knownPlaces(marks, label, labels)
    const probabilities = asPairs(places.map((at) => predictions[at] as number))
    return evaluate({ rows: places.length, classes: 2, probabilities }, yesAt(marks, places))
  })
  return { ...macroMetrics(each), rows }
}

/** Where in rows x labels one of the labels is known. */
export const knownPlaces = (marks: Float32Array, label: number, labels: number): number[] =>
  Array.from({ length: marks.length / labels }, (_, row) => row * labels + label).filter(
    (at) => marks[at] !== 0,
  )

/** 1 for yes and 0 for no at these places. */
export const yesAt = (marks: Float32Array, places: readonly number[]): Int32Array =>
  Int32Array.from(places, (at) => ((marks[at] as number) > 0 ? 1 : 0))

/** The means over labels, each measured as two classes; `rows` is the most that any label is known of. */
export function macroMetrics(labels: readonly Metrics[]): Metrics {
  const mean = (of: (metrics: Metrics) => number | null) => meanOf(labels.map(of))
  const perClass = labels.map(ofLabel)
  return {
    rows: Math.max(0, ...labels.map(({ rows }) => rows)),
    accuracy: mean(({ accuracy }) => accuracy),
    macroF1: meanOf(perClass.map(({ f1 }) => f1)),
    auroc: mean(({ auroc }) => auroc),
    auprc: mean(({ auprc }) => auprc),
    auprcBaseline: mean(({ auprcBaseline }) => auprcBaseline),
    nll: mean(({ nll }) => nll),
    brier: mean(({ brier }) => brier),
    ece: mean(({ ece }) => ece),
    perClass,
    reliability: labels.reduce<readonly ReliabilityBin[]>(
      (sum, { reliability }) => (sum.length === 0 ? reliability : addedBins(sum, reliability)),
      [],
    ),
  }
}

/** What is found out about one label: "yes" as a class, and its own ranking, likelihood and calibration. */
function ofLabel({ perClass, auroc, auprc, auprcBaseline, nll, brier, ece }: Metrics): ClassMetrics {
  const yes = perClass[1] ?? { support: 0, precision: null, recall: null, f1: null }
  return { ...yes, auroc, auprc, auprcBaseline, nll, brier, ece }
}

const addedBins = (some: readonly ReliabilityBin[], more: readonly ReliabilityBin[]): ReliabilityBin[] =>
  some.map((bin, at) => ({
    rows: bin.rows + (more[at]?.rows ?? 0),
    confidence: bin.confidence + (more[at]?.confidence ?? 0),
    correct: bin.correct + (more[at]?.correct ?? 0),
  }))

/** How often both say the same of a label, and the mean KL(teacher || student) of a label in nats. */
export function labelFidelity(student: Float32Array, teacher: Float32Array): ReturnType<typeof fidelity> {
  const pairs = (of: Float32Array) => ({ rows: of.length, classes: 2, probabilities: asPairs(of) })
  return fidelity(pairs(student), pairs(teacher))
}
