/**
 * Why a prediction is unsure: because the classes overlap there, or because the teachers know different things.
 *
 *     H(mean_k p_k)  =  mean_k H(p_k)  +  I
 *     total             data              knowledge
 *
 * No amount of further rows takes away the first part; the second, the mutual information between the class and the
 * teacher who is asked, is large far from what anybody has seen (Depeweg et al., arXiv 1710.07283; Malinin et al., arXiv
 * 1905.00076, equation 3). Of three teachers at (.9 .1), (.1 .9) and (.5 .5) the mean is (.5 .5), as if all had said
 * so: .69 nats, of which .45 are the teachers' own and .24 are because they disagree. A student of means cannot tell.
 *
 * A student that learnt a Dirichlet distribution stands for infinitely many teachers, and has all three.
 */
import { LOG_PRECISION_BOUND } from './losses/dirichlet.ts'
import { logSoftmaxRows } from './softmax.ts'

/** Means over rows, in nats; null without rows. */
export interface Uncertainty {
  readonly dataUncertainty: number | null
  readonly knowledgeUncertainty: number | null
}

/** In nats, one number a row. */
export interface RowUncertainty {
  readonly data: Float64Array
  readonly knowledge: Float64Array
}

/**
 * Of a student's Dirichlet distributions, from its logits [rows x classes]: with concentrations a, their sum a_0 and
 * p = a / a_0, the data's part is psi(a_0 + 1) - sum_c p_c psi(a_c + 1).
 */
export function uncertaintyOfStudent(logits: Float32Array, classes: number): RowUncertainty {
  const logShares = logSoftmaxRows(logits, classes, 1)
  const rows = logits.length / classes
  const data = new Float64Array(rows)
  const knowledge = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const at = row * classes
    const logs = logShares.subarray(at, at + classes)
    const logSum = (logits[at] as number) - (logs[0] as number)
    const precision = Math.exp(LOG_PRECISION_BOUND * Math.tanh(logSum / LOG_PRECISION_BOUND))
    const expected = logs.reduce(
      (sum, log) => sum + Math.exp(log) * digamma(Math.exp(log) * precision + 1),
      0,
    )
    const own = digamma(precision + 1) - expected
    data[row] = own
    knowledge[row] = Math.max(0, entropyOf(logs.map(Math.exp)) - own)
  }
  return { data, knowledge }
}

/** Of teachers, from the predictions [rows x classes] of each. */
export function uncertaintyOfTeachers(
  predictions: readonly ArrayLike<number>[],
  classes: number,
): RowUncertainty {
  const rows = (predictions[0]?.length ?? 0) / classes
  const rowOf = (of: ArrayLike<number>, row: number) =>
    Float64Array.from({ length: classes }, (_, c) => of[row * classes + c] as number)
  const data = Float64Array.from({ length: rows }, (_, row) =>
    meanOf(predictions.map((of) => entropyOf(rowOf(of, row)))),
  )
  const knowledge = data.map((own, row) => {
    const each = predictions.map((of) => rowOf(of, row))
    const mean = Float64Array.from({ length: classes }, (_, c) => meanOf(each.map((p) => p[c] as number)))
    return Math.max(0, entropyOf(mean) - own)
  })
  return { data, knowledge }
}

export const meanUncertainty = ({ data, knowledge }: RowUncertainty): Uncertainty => ({
  dataUncertainty: data.length > 0 ? meanOf([...data]) : null,
  knowledgeUncertainty: knowledge.length > 0 ? meanOf([...knowledge]) : null,
})

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

const entropyOf = (probabilities: Float64Array): number =>
  probabilities.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0)

/**
 * The slope of log Gamma, for x >= 1: psi(x) = psi(x + 1) - 1 / x up to 6, from where log x - 1 / 2x - 1 / 12x^2 +
 * 1 / 120x^4 - 1 / 252x^6 is exact to 2e-9 (Abramowitz and Stegun 6.3.18).
 */
export function digamma(x: number): number {
  if (x < 6) return digamma(x + 1) - 1 / x
  const inverse2 = 1 / (x * x)
  return Math.log(x) - 0.5 / x - inverse2 * (1 / 12 - inverse2 * (1 / 120 - inverse2 / 252))
}
