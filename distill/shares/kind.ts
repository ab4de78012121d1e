/**
 * What a share kind is: a bounded, fixed-length vector that sites contribute, and that only ever meets others as
 * a sum.
 *
 * Whatever a federation learns is `finalize(sum of shares)`, so a kind fixes, before anything is asked, how
 * long its vector is, how large a value can be, how far one site or one record can move it, and how it
 * becomes fixed-point words. Two sites on one transfer item of two classes:
 *
 *     north  probabilities  [.9, .1]
 *     south  probabilities  [.5, .5]
 *     sum                   [1.4, .6]     / 2 sites -> the target [.7, .3]
 *
 * Values here are real numbers; `federation` turns them into words, masks and adds those.
 */
import type { OneTask } from '#engine/data/target.ts'
import type { Depth } from '#engine/embeddings.ts'
import type { GateName } from '../gates/gate.ts'
import type { ShareInput, ShareSize } from '../share-input.ts'

/** How far the vector can move, in the norms that noise is calibrated to, when one `unit` is replaced or removed. */
export interface Sensitivity {
  /** site: any answer for any other. record: one row more or less among those the site measures on. */
  readonly unit: 'site' | 'record'
  readonly l1: number
  readonly l2: number
}

export interface ShareKind {
  /** What the federation must predict; classes unless said. */
  readonly task?: Exclude<OneTask, 'classify'>
  readonly purpose: 'teach' | 'evaluate'
  /**
   * simplex: each row is non-negative and sums to one. weights: 0 <= value <= largest. bounded: |value| <= clip.
   * counts: as weights, but the more the more rows are counted.
   */
  readonly encoding: 'simplex' | 'weights' | 'bounded' | 'counts'
  /** Fixed-point units per 1.0 unless a run says otherwise. */
  readonly scale: number
  /** The usual bound on |value|; 0 where the kind needs none. */
  readonly clip: number
  /** Weighs its rows by this gate. */
  readonly gate?: GateName
  /**
   * Computed from the site's private rows themselves, not only from what its teacher predicts: no promise that a
   * teacher keeps covers it.
   */
  readonly readsRows?: true
  /** Computed from the public labels of the items, where they have any. */
  readonly readsLabels?: true
  /** Computed from what the teacher sees of the items at this depth, which not every teacher tells. */
  readonly readsEmbeddings?: Depth
  /** Computed from where the teacher looks in the items, likewise. */
  readonly readsAttention?: true
  /** Fewest items that it can be asked about; 1 unless said. */
  readonly fewestRows?: number
  /** Values in the vector. */
  length(size: ShareSize): number
  /** No |value| exceeds this. `rows` counts what is measured on, for counts. */
  largest(bounds: { rows: number; clip: number }): number
  sensitivity(size: ShareSize, clip: number): Sensitivity
  compute(input: ShareInput): Float64Array
}

/** Fixed-point units per 1.0 of most kinds. */
export const USUAL_SCALE = 2 ** 16
