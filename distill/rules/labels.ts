/** Rules for labels that do not exclude each other: each label by itself, all sites alike. */
import { sigmoids } from '../sigmoid.ts'
import { sumOf, type CombineRule } from './rule.ts'

/** The mean of the teachers' probabilities of each label. */
export const meanLabelProbability: CombineRule = {
  task: 'multilabel',
  shareKinds: ['label-probabilities'],
  finalize: (sums, sites) => ({
    targets: Float32Array.from(sumOf(sums, 'label-probabilities'), (value) => value / sites),
  }),
}

/** sigmoid of the teachers' mean logits: the geometric mean of the odds. A teacher counts the more, the surer it is. */
export const meanLabelLogit: CombineRule = {
  task: 'multilabel',
  shareKinds: ['label-logits'],
  finalize: (sums, sites) => ({
    targets: Float32Array.from(sigmoids(sumOf(sums, 'label-logits').map((value) => value / sites))),
  }),
}
