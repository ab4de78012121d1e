/** Rules that count heads. */
import { normalised, sumOf, type CombineRule } from './rule.ts'

/** The share of the votes that each class has: how divided the teachers are is taught too. */
export const votes = {
  shareKinds: ['votes'],
  finalize: (sums, _, { classes }) => ({ targets: normalised(sumOf(sums, 'votes'), classes) }),
} as const satisfies CombineRule

/** The class with most votes, as PATE labels items (Papernot et al. 2018); equal votes go to the first class. */
export const plurality = { ...votes, hard: true } as const satisfies CombineRule
