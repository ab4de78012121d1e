/** What the teachers have taught so far: the revealed sums of a run, combined into soft targets. */
import { medianOfGroups } from '#distill/group-median.ts'
import { combine, type CombineRuleName, type SummedShare } from '#distill/rules.ts'
import { ontoSimplex, smoothAnswers } from '#distill/smoothing.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import type { Blobs } from '#federation/ports.ts'
import { decodeSum } from '#federation/share.ts'
import { questionOf, ruleOf, type FederationState, type Run } from '#federation/state.ts'
import { siteNoiseOf } from '#federation/noise.ts'
import { decodeManifest, type QuestionManifest } from '#proto/manifest.ts'
import { CollegiumError } from '#proto/errors.ts'
import { readSums } from './read-sums.ts'

export interface TeachingSet {
  readonly rows: number
  /** rows x features, the transfer rows asked about so far, in order. */
  readonly inputs: Float32Array
  /** rows x classes, at the plan's temperature. */
  readonly targets: Float32Array
  /** Class index or -1; absent when the transfer set has no labels. */
  readonly labels?: Int32Array
}

/** What the teachers say by the rule of this round; rejects with `INTERNAL` while the round has neither sum nor rule. */
export async function teachingSet(
  blobs: Blobs,
  state: FederationState,
  run: Run,
  round: number,
  transfer: Dataset,
): Promise<TeachingSet> {
  const rule = ruleOf(run, round)
  if (!rule) throw new CollegiumError('INTERNAL', `Round ${round} of ${run.run} has no rule.`)
  return combinedBy(rule, await revealedSums(blobs, state, run, round, transfer), transfer)
}

/** The sums of all rounds up to and including `round`, in order. */
export async function revealedSums(
  blobs: Blobs,
  state: FederationState,
  run: Run,
  round: number,
  transfer: Dataset,
): Promise<SummedShare[]> {
  const parts: SummedShare[] = []
  for (let asked = 0; asked <= round; asked++) {
    const question = questionOf(state, run, 'teach', asked)
    if (!question?.sumHash || !question.survivors)
      throw new CollegiumError('INTERNAL', `Round ${asked} of ${run.run} has no sum.`)
    const manifest = decodeManifest(Buffer.from(question.manifest, 'base64'))
    const { share } = manifest
    const sums = (await readSums(blobs, question, manifest, question.sumHash)).map(({ words, sites }) => {
      return { sum: denoised(decodeSum(share, words), manifest, sites, transfer), sites }
    })
    const summed = manifest.groups ? acrossGroups(sums, share.outputs) : sums[0]!
    parts.push({ ...share, ...summed, classes: share.outputs })
  }
  return parts
}

/** One rule's targets for all of them, beside their items. */
export function combinedBy(
  rule: CombineRuleName,
  sums: readonly SummedShare[],
  transfer: Dataset,
): TeachingSet {
  const rows = sums.reduce((total, sum) => total + sum.rows, 0)
  const targets = new Float32Array(sums.reduce((total, { rows, classes }) => total + rows * classes, 0))
  let offset = 0
  for (const sum of sums) {
    targets.set(combine(rule, sum), offset)
    offset += sum.rows * sum.classes
  }
  const inputs = transfer.inputs.subarray(0, rows * transfer.features)
  return { rows, inputs, targets, ...(transfer.labels && { labels: transfer.labels.subarray(0, rows) }) }
}

interface Answered {
  readonly sum: Float64Array
  readonly sites: number
}

/** One answer, as it were: the median across the groups' means, which a minority of groups cannot move. */
function acrossGroups(sums: readonly Answered[], classes: number): Answered {
  const means = sums.map(({ sum, sites }) => sum.map((value) => value / sites))
  return { sum: medianOfGroups(means, classes), sites: 1 }
}

/**
 * The sum of the sites' answers, each the mean of its sub-teachers', without most of the noise: smoothed over the
 * items and brought back among probabilities. Every survivor added its part, more than the promise needs.
 */
function denoised(
  sum: Float64Array,
  manifest: QuestionManifest,
  sites: number,
  { inputs, features }: Dataset,
): Float64Array {
  const { privacy, share, transfer } = manifest
  const part = siteNoiseOf(manifest)
  if (!privacy.noise || !part || !transfer) return sum
  const voters = sites * privacy.noise.members
  const { rows, outputs: classes, scale } = share
  const { firstRow } = transfer
  const smoothed = smoothAnswers({
    rows,
    inputs: inputs.subarray(firstRow * features, (firstRow + rows) * features),
    values: sum.map((value) => value / voters),
    classes,
    noiseStdDev: (Math.sqrt(sites) * part.numerator) / part.denominator / scale / voters,
  })
  return ontoSimplex(smoothed, classes).map((value) => value * sites)
}
