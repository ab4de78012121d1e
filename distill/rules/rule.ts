/** What a combine rule is, and the arithmetic on rows that rules share. */
import type { OneTask } from '#engine/data/target.ts'
import type { ShareKindName } from '../shares.ts'
import type { ShareSize } from '../share-input.ts'

/** The sums of the parts of a share, by kind. */
export type Sums = Readonly<Partial<Record<ShareKindName, Float64Array>>>

export interface CombineRule {
  /** What the federation must predict; classes unless said. */
  readonly task?: Exclude<OneTask, 'classify'>
  /** What sites are asked for. */
  readonly shareKinds: readonly ShareKindName[]
  /** The student learns the likeliest class of an item and nothing of the others. */
  readonly hard?: true
  /**
   * `sums` holds one of each of those kinds, `sites` is how many answers were added; they were softened at
   * `temperature`, and so are the targets: rows x classes, each row summing to one;
   * rows x 2, mean and variance; or rows x labels, each a probability of its own.
   */
  finalize(
    sums: Sums,
    sites: number,
    size: ShareSize & { readonly temperature: number },
  ): { readonly targets: Float32Array }
  /** How far teachers are from agreeing, where the sums tell: a number >= 0 for each item, in nats. */
  disagreement?(sums: Sums, sites: number, size: ShareSize): Float32Array
}

/** Throws when a sum is missing that the rule asked for. */
export function sumOf(sums: Sums, kind: ShareKindName): Float64Array {
  const sum = sums[kind]
  if (sum) return sum
  throw new TypeError(`internal: there is no sum of ${kind}`)
}

export const total = (row: Float64Array): number => row.reduce((a, b) => a + b, 0)

/**
 * Rows of weights made to add up to one; the rounding of fixed point goes the same way. A row without any weight
 * says nothing and becomes uniform.
 */
export function normalised(values: Float64Array, classes: number): Float32Array {
  const targets = new Float32Array(values.length)
  for (let at = 0; at < values.length; at += classes) {
    const row = values.subarray(at, at + classes).map((value) => Math.max(0, value))
    const sum = total(row)
    targets.set(
      row.map((value) => (sum > 0 ? value / sum : 1 / classes)),
      at,
    )
  }
  return targets
}
