/** The mean and the variance of the mixture of all teachers' normal distributions, exact from two sums. */
import { LEAST_VARIANCE } from '../gaussian.ts'
import { sumOf, type CombineRule } from './rule.ts'

export const gaussianMixture: CombineRule = {
  task: 'regress',
  shareKinds: ['gaussian-moments'],
  /** The floor also catches what fixed point rounded away. */
  finalize: (sums, sites) => {
    const sum = sumOf(sums, 'gaussian-moments')
    const targets = Float32Array.from(sum, (value) => value / sites)
    for (let at = 0; at < sum.length; at += 2) {
      const [mean, second] = [(sum[at] as number) / sites, (sum[at + 1] as number) / sites]
      targets[at + 1] = Math.max(LEAST_VARIANCE, second - mean ** 2)
    }
    return { targets }
  },
}
