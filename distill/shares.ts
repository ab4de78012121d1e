/**
 * The share kinds that there are, each in a family's file, and how several make one share.
 *
 * A question may ask for several kinds at once: their vectors, one behind the other, are one answer under one mask,
 * summed over the same sites. That is not for convenience. Two questions about the same items could end with
 * different survivors, and the difference of two sums that both hold probabilities would be one site's answer.
 *
 * Several kinds are written as their names joined by "+", in the order of the table below. Where a student has several
 * heads, one for each target, a share has the parts of the first head, then those of the second, and so on; the kinds
 * of each head are joined by ";".
 */
import { computeEvaluationCounts, countsLength, largestCount, ROW_L1, ROW_L2 } from './evaluation-counts.ts'
import { columnsOf, type Columns } from './columns.ts'
import type { ShareSize } from './share-input.ts'
import { attentionMaps } from './shares/attention-maps.ts'
import { gaussianMoments } from './shares/gaussian-moments.ts'
import { gramBlocks, gramBlocksThird, gramBlocksTwoThirds } from './shares/gram-blocks.ts'
import { gramLandmarks } from './shares/gram-landmarks.ts'
import { histogram } from './shares/histogram.ts'
import type { ShareKind } from './shares/kind.ts'
import { labelCounts } from './shares/label-counts.ts'
import { labelLogits, labelProbabilities } from './shares/labels.ts'
import { classWeighted, priorCorrected } from './shares/per-class.ts'
import { flooredLogProbabilities, logProbabilities, probabilities } from './shares/predictions.ts'
import { votes } from './shares/votes.ts'
import { regressionCounts } from './shares/regression-counts.ts'
import {
  classMeansGated,
  confidenceWeighted,
  densityRatio,
  entropyWeighted,
  kMeansGated,
  radiusGated,
} from './shares/weighted.ts'

export const shareKinds = {
  probabilities,
  'log-probabilities': logProbabilities,
  'floored-log-probabilities': flooredLogProbabilities,
  'entropy-weighted': entropyWeighted,
  'confidence-weighted': confidenceWeighted,
  'class-weighted': classWeighted,
  'prior-corrected': priorCorrected,
  'radius-gated': radiusGated,
  'k-means-gated': kMeansGated,
  'class-means-gated': classMeansGated,
  'density-ratio': densityRatio,
  histogram,
  votes,
  'gram-blocks': gramBlocks,
  'gram-blocks-third': gramBlocksThird,
  'gram-blocks-two-thirds': gramBlocksTwoThirds,
  'gram-landmarks': gramLandmarks,
  'attention-maps': attentionMaps,
  /** Everything a report needs to know about predictions on private rows, as counts (see evaluation-counts.ts); a row of them for each student. */
  'evaluation-counts': {
    purpose: 'evaluate',
    encoding: 'counts',
    scale: 2 ** 8,
    clip: 0,
    length: ({ rows, classes }) => rows * countsLength(classes),
    largest: ({ rows }) => largestCount(rows),
    sensitivity: ({ rows }) => ({ unit: 'record', l1: rows * ROW_L1, l2: Math.sqrt(rows) * ROW_L2 }),
    compute: computeEvaluationCounts,
  },
  'gaussian-moments': gaussianMoments,
  'regression-counts': regressionCounts,
  'label-probabilities': labelProbabilities,
  'label-logits': labelLogits,
  'label-counts': labelCounts,
} as const satisfies Readonly<Record<string, ShareKind>>

export type ShareKindName = keyof typeof shareKinds

const names = Object.keys(shareKinds) as ShareKindName[]

/** What a share holds: which kinds, of which heads. */
export interface ShareShape extends ShareSize {
  /** The kinds of each head, joined by ";". */
  readonly kind: string
  readonly clip?: number | undefined
  /** Where the student has several heads: the outputs of each, which add up to `classes`. */
  readonly heads?: readonly number[] | undefined
}

/** One kind's part of a share. */
export interface SharePart {
  readonly name: ShareKindName
  /** Which head it is about, from 0, and where that head's outputs are among all. */
  readonly head: number
  readonly outputs: Columns
  readonly kind: ShareKind
  /** Bound on |value|, where the kind has one. */
  readonly clip: number
  /** Where it begins in the vector, and how many values it has. */
  readonly offset: number
  readonly length: number
}

/** What a question for these kinds is called: each once, in the table's order. */
export const joinKinds = (kinds: Iterable<ShareKindName>): string => {
  const wanted = new Set(kinds)
  return names.filter((name) => wanted.has(name)).join('+')
}

/** Undefined unless `text` is what `joinKinds` gives. */
export function splitKinds(text: string): ShareKindName[] | undefined {
  const kinds = text.split('+').filter((name) => Object.hasOwn(shareKinds, name)) as ShareKindName[]
  return kinds.length > 0 && joinKinds(kinds) === text ? kinds : undefined
}

/** What a question for these kinds of each head is called. */
export const joinHeads = (heads: readonly string[]): string => heads.join(';')

/** The kinds of each head; undefined unless they are known, and as many heads as there are outputs for. */
export function kindsByHead({
  kind,
  heads = [0],
}: Pick<ShareShape, 'kind' | 'heads'>): ShareKindName[][] | undefined {
  const byHead = kind.split(';').flatMap((kinds) => {
    const split = splitKinds(kinds)
    return split ? [split] : []
  })
  return byHead.length === heads.length && byHead.length === kind.split(';').length ? byHead : undefined
}

/**
 * The parts of a share in order, head by head. `clip` bounds a kind that is alone; without it, and together, each has
 * its usual bound. None for kinds that are unknown.
 */
export function sharePartsOf(share: ShareShape): SharePart[] {
  const byHead = kindsByHead(share) ?? []
  const places = columnsOf(share.heads ?? [share.classes])
  const isAlone = byHead.flat().length === 1
  let offset = 0
  return byHead.flatMap((kinds, head) =>
    kinds.map((name) => {
      const kind = shareKinds[name]
      const outputs = places[head]!
      const clip = isAlone ? (share.clip ?? kind.clip) : kind.clip
      const length = kind.length({ rows: share.rows, classes: outputs.count })
      const part = { name, head, outputs, kind, clip, offset, length }
      offset += length
      return part
    }),
  )
}
