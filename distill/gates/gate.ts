/**
 * A gate: what a site knows of where its own rows lie, as one weight for each item it is asked about.
 *
 * Under label skew most teachers are asked about things they have never seen, and are sure of their answers all the
 * same. What a teacher cannot say, its site's rows can. Weights mean something beside those of other sites only if all
 * are on one scale: distances are therefore measured in the site's own typical distance, and a density is told as a
 * ratio to that of the transfer set, which everyone has.
 *
 * No weight is quite 0, so that where nobody's rows lie near, the sites count alike instead of not at all; and none is
 * without bound, so that it can be added up in fixed point.
 */
import type { Dataset } from '#engine/data/dataset.ts'
import type { Random } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'

export type GateName = 'radius' | 'k-means' | 'class-means' | 'density-ratio'

/** Bounds on a weight. */
export const gateBounds = {
  radius: { least: 2 ** -8, most: 1 },
  'k-means': { least: 2 ** -8, most: 1 },
  'class-means': { least: 2 ** -8, most: 1 },
  'density-ratio': { least: 2 ** -8, most: 32 },
} as const satisfies Readonly<Record<GateName, { least: number; most: number }>>

export interface GateJob {
  /** The site's training rows, labelled. */
  readonly own: Dataset
  /** The transfer set, whole. */
  readonly transfer: Dataset
  /** Of a row, where it is an image. */
  readonly image?: readonly [height: number, width: number, channels: number] | undefined
  readonly random: Random
  readonly runtime: Runtime
  readonly signal?: AbortSignal
}

export interface Gate {
  /** The weights of all transfer rows. */
  readonly ofTransfer: Float64Array
  /** The weights of any other rows, rows x features. */
  weigh(inputs: Float32Array, rows: number): Promise<Float64Array>
}

export const bounded = (gate: GateName, weight: number): number =>
  Math.min(gateBounds[gate].most, Math.max(gateBounds[gate].least, weight))
