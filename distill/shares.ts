/**
 * The share kinds that there are, each in a family's file, and how several make one share.
 *
 * A question may ask for several kinds at once: their vectors, one behind the other, are one answer under one mask,
 * summed over the same sites. That is not for convenience. Two questions about the same items could end with
 * different survivors, and the difference of two sums that both hold probabilities would be one site's answer.
 *
 * Several kinds are written as their names joined by "+", in the order of the table below.
 */
import { computeEvaluationCounts, countsLength, largestCount, ROW_L1, ROW_L2 } from './evaluation-counts.ts'
import type { ShareSize } from './share-input.ts'
import { attentionMaps } from './shares/attention-maps.ts'
import { gaussianMoments } from './shares/gaussian-moments.ts'
import { gramBlocks } from './shares/gram-blocks.ts'
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

/** One kind's part of a share. */
export interface SharePart {
  readonly name: ShareKindName
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

/** The parts of a share in order. `clip` bounds a kind that is alone; without it, and together, each has its usual bound. */
export function sharePartsOf(
  share: ShareSize & { readonly kind: string; readonly clip?: number },
): SharePart[] {
  const kinds = splitKinds(share.kind) ?? []
  let offset = 0
  return kinds.map((name) => {
    const kind = shareKinds[name]
    const clip = kinds.length === 1 ? (share.clip ?? kind.clip) : kind.clip
    const part = { name, kind, clip, offset, length: kind.length(share) }
    offset += part.length
    return part
  })
}
