/**
 * Combine rules: from the sum of the sites' shares to one soft target for each transfer item.
 *
 * A rule sees a sum and the number of sites in it, never one site's answer. Since
 * sum_k w_k KL(p_k || q) and KL(sum_k w_k p_k || q) have the same gradient in q when the w_k add up to one,
 * a student that learns from the mean prediction learns exactly as from every teacher at once.
 *
 * Rules that need the same kinds of share need no second question: once the sums are there, all of them are free.
 */
import type { OneTask } from '#engine/data/target.ts'
import { confidenceWeighted, entropyWeighted } from './rules/doubt.ts'
import { classMeansGated, densityRatio, kMeansGated, radiusGated } from './rules/gated.ts'
import { gaussianMixture } from './rules/gaussian-mixture.ts'
import { histogramMedian } from './rules/histogram-median.ts'
import { meanLabelLogit, meanLabelProbability } from './rules/labels.ts'
import { era, geometricMean, meanLogit, meanProbability } from './rules/means.ts'
import { classWeighted, priorCorrected } from './rules/per-class.ts'
import type { CombineRule, Sums } from './rules/rule.ts'
import { plurality, votes } from './rules/votes.ts'
import { besideEachOther } from './columns.ts'
import { joinKinds, sharePartsOf, splitKinds, type ShareKindName, type ShareShape } from './shares.ts'

export const combineRules = {
  'mean-probability': meanProbability,
  'mean-logit': meanLogit,
  'geometric-mean': geometricMean,
  era,
  'entropy-weighted': entropyWeighted,
  'confidence-weighted': confidenceWeighted,
  'class-weighted': classWeighted,
  'prior-corrected': priorCorrected,
  'radius-gated': radiusGated,
  'k-means-gated': kMeansGated,
  'class-means-gated': classMeansGated,
  'density-ratio': densityRatio,
  'histogram-median': histogramMedian,
  votes,
  plurality,
  'gaussian-mixture': gaussianMixture,
  'mean-label-probability': meanLabelProbability,
  'mean-label-logit': meanLabelLogit,
} as const satisfies Readonly<Record<string, CombineRule>>

export type CombineRuleName = keyof typeof combineRules

export const ruleNames = Object.keys(combineRules) as [CombineRuleName, ...CombineRuleName[]]

/** Whether the student learns the likeliest class of an item and nothing of the others. */
export function isHard(rule: CombineRuleName): boolean {
  return rules[rule].hard === true
}
const rules: Readonly<Record<CombineRuleName, CombineRule>> = combineRules
export const taskOfRule = (rule: CombineRuleName): OneTask => rules[rule].task ?? 'classify'

/** What a student that this rule taught is measured with on rows that stay at their sites. */
export const countsFor = (rule: CombineRuleName): ShareKindName => counts[taskOfRule(rule)]

const counts = {
  classify: 'evaluation-counts',
  regress: 'regression-counts',
  multilabel: 'label-counts',
} as const satisfies Record<OneTask, ShareKindName>

/** Where nobody wishes for another. */
export const usualRule = {
  classify: 'mean-probability',
  regress: 'gaussian-mixture',
  multilabel: 'mean-label-probability',
} as const satisfies Record<OneTask, CombineRuleName>

/** What a question asks for so that any of these rules can be used on its sum, and more, as the manifest writes it. */
export const kindsFor = (rules: readonly CombineRuleName[], more: readonly ShareKindName[] = []): string =>
  joinKinds([...rules.flatMap((rule) => [...combineRules[rule].shareKinds]), ...more])

/** The rules that a sum of these kinds, as the manifest writes them, can be made into: all of them at no further cost. */
export function rulesFrom(kinds: string): CombineRuleName[] {
  const there = new Set(splitKinds(kinds))
  return ruleNames.filter((rule) => combineRules[rule].shareKinds.every((kind) => there.has(kind)))
}

/** A sum of shares, and all that is needed to read it. */
export interface SummedShare extends ShareShape {
  readonly temperature: number
  readonly sum: Float64Array
  readonly sites: number
}

/** What a rule makes of a sum that holds at least the kinds that it needs: the targets of one head. */
export function combine(rule: CombineRuleName, share: SummedShare, head = 0): Float32Array {
  const classes = share.heads?.[head] ?? share.classes
  return rules[rule].finalize(sumsOf(share, head), share.sites, { ...share, classes }).targets
}

/** A rule for each head: the targets of all of them, side by side. */
export const combineHeads = (byHead: readonly CombineRuleName[], share: SummedShare): Float32Array =>
  besideEachOther(
    byHead.map((rule, head) => combine(rule, share, head)),
    share.heads ?? [share.classes],
  )

/** How far the teachers are from agreeing on each item, by a rule that tells: what the loss `dirichlet` needs. */
export const disagreementOf = (rule: CombineRuleName, share: SummedShare): Float32Array | undefined =>
  rules[rule].disagreement?.(sumsOf(share), share.sites, share)

export const tellsDisagreement = (rule: CombineRuleName): boolean => rules[rule].disagreement !== undefined

const sumsOf = (share: SummedShare, head = 0): Sums =>
  Object.fromEntries(
    sharePartsOf(share)
      .filter((part) => part.head === head)
      .map(({ name, offset, length }) => [name, share.sum.subarray(offset, offset + length)]),
  )
