/** What the teachers have taught so far: the revealed sums of a run, combined into soft targets. */
import { besideEachOther, columnsOf, takeColumns } from '#distill/columns.ts'
import { decidedRows, oneHotOfFirst } from '#distill/decided.ts'
import { medianOfGroups } from '#distill/group-median.ts'
import { headOf } from '#distill/heads.ts'
import { recalibrated } from '#distill/recalibrate.ts'
import {
  combineHeads,
  disagreementOf,
  isHard,
  type CombineRuleName,
  type SummedShare,
} from '#distill/rules.ts'
import { ontoSimplex, smoothAnswers } from '#distill/smoothing.ts'
import { datasetViews, subset, type Dataset, type NamedTargets } from '#engine/data/dataset.ts'
import { joined, rowsOfMatrix } from '#engine/data/matrix.ts'
import { edgesOf, orientedGradients } from '#engine/data/oriented-gradients.ts'
import type { Task } from '#engine/data/target.ts'
import { rulesOf } from '#federation/plan.ts'
import type { Blobs } from '#federation/ports.ts'
import { decodeSum } from '#federation/share.ts'
import { questionOf, ruleOf, type FederationState, type Run } from '#federation/state.ts'
import { siteNoiseOf } from '#federation/noise.ts'
import { decodeManifest, type QuestionManifest } from '#proto/manifest.ts'
import { rowsOf } from '#proto/items.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { PublicData } from './datasets.ts'
import { readSums } from './read-sums.ts'
import { seenLessons, type SeenLessons } from './seen-sums.ts'

export interface TeachingSet extends SeenLessons {
  readonly rows: number
  /** rows x features, the transfer rows asked about so far that teach, in order. */
  readonly inputs: Float32Array
  readonly task: Task
  /** rows x classes or labels, at the plan's temperature; or rows x 2, mean and variance. */
  readonly targets: Float32Array
  /** Class index or -1; absent when the transfer set has no labels. */
  readonly labels?: Int32Array
  /** Standardised number or NaN; likewise. */
  readonly values?: Float32Array
  /** Nats for each row, by rules that tell: how far the sites are from agreeing. */
  readonly disagreement?: Float32Array
  /** rows x labels, 1 yes, -1 no, 0 unknown; likewise. */
  readonly marks?: Float32Array
  /** Of several targets: what is known of each. */
  readonly heads?: readonly NamedTargets[]
  /** Which rows of the transfer set were asked about, in the order asked. */
  readonly asked: readonly number[]
  /** Those of them that teach, as `inputs` has them. */
  readonly items: readonly number[]
  /** How many of them teach nothing, because the answers left them undecided. */
  readonly undecided: number
}

/** A sum, and the rows of the transfer set that it is about. */
export interface RevealedSum extends SummedShare {
  readonly items: Int32Array
}

/**
 * What the teachers say by the rule of this round. Rejects with `ANSWERS_UNDECIDED` when that leaves no row to teach,
 * and with `INTERNAL` while the round has neither sum nor rule.
 */
export async function teachingSet(
  blobs: Blobs,
  state: FederationState,
  run: Run,
  round: number,
  data: PublicData,
): Promise<TeachingSet> {
  const rule = ruleOf(run, round)
  if (!rule) throw new CollegiumError('INTERNAL', `Round ${round} of ${run.run} has no rule.`)
  const sums = await revealedSums(blobs, state, run, round, data)
  const rules = rule === 'by-target' ? rulesOf(run.plan) : [rule]
  return { ...combinedBy(rules, sums, data.transfer, run.plan.margin), ...seenLessons(run.plan, sums) }
}

/** The sums of all rounds up to and including `round`, in order. */
export async function revealedSums(
  blobs: Blobs,
  state: FederationState,
  run: Run,
  round: number,
  data: PublicData,
): Promise<RevealedSum[]> {
  const parts: RevealedSum[] = []
  for (let past = 0; past <= round; past++) {
    const question = questionOf(state, run, 'teach', past)
    if (!question?.sumHash || !question.survivors)
      throw new CollegiumError('INTERNAL', `Round ${past} of ${run.run} has no sum.`)
    const manifest = decodeManifest(Buffer.from(question.manifest, 'base64'))
    const { share, transfer: asked } = manifest
    if (!asked) throw new CollegiumError('INTERNAL', `Round ${past} of ${run.run} asked about no items.`)
    const sums = (await readSums(blobs, question, manifest, question.sumHash)).map(({ words, sites }) => {
      return { sum: denoised(decodeSum(share, words), manifest, sites, data), sites }
    })
    const summed = manifest.groups ? acrossGroups(sums, share.outputs) : sums[0]!
    const { heads, ...shape } = share
    const ofHeads = heads.length > 0 && { heads }
    parts.push({ ...shape, ...ofHeads, ...summed, classes: share.outputs, items: rowsOf(asked) })
  }
  return parts
}

/** What the rule of each head makes of the sums, for all items on which a class leads by `margin`. */
export function combinedBy(
  rules: readonly CombineRuleName[],
  sums: readonly RevealedSum[],
  transfer: Dataset,
  margin = 0,
): TeachingSet {
  const classes = sums[0]?.classes ?? 0
  const asked = sums.flatMap(({ items }) => [...items])
  const targets = joined(sums.map((sum) => combineHeads(rules, sum)))
  const decided = decidedRows(targets, classes, margin)
  const rows = decided.length
  if (rows === 0)
    throw new CollegiumError(
      'ANSWERS_UNDECIDED',
      `On none of ${asked.length} items does a class lead by the margin ${margin}.`,
    )
  const items = decided.map((index) => asked[index] as number)
  const known = subset(transfer, items)
  const { inputs, labels, values, marks, heads } = known
  const taught = rowsOfMatrix(targets, classes, decided)
  const [rule] = rules
  const disagreements = sums.flatMap((sum) =>
    rules.length === 1 && rule ? (disagreementOf(rule, sum) ?? []) : [],
  )
  const disagreement = disagreements.length > 0 && joined(disagreements)
  return {
    rows,
    task: headOf(transfer).task,
    inputs,
    targets: finished(rules, taught, known),
    ...(labels && { labels }),
    ...(values && { values }),
    ...(disagreement && {
      disagreement: rowsOfMatrix(disagreement, 1, decided),
    }),
    ...(marks && { marks }),
    ...(heads && { heads }),
    asked,
    items,
    undecided: asked.length - rows,
  }
}

/** Of each head: variances made honest, where numbers are known, or the likeliest class alone, where the rule is hard. */
function finished(rules: readonly CombineRuleName[], targets: Float32Array, known: Dataset): Float32Array {
  const views = datasetViews(known)
  const widths = views.map((view) => headOf(view).outputs)
  return besideEachOther(
    columnsOf(widths).map((place, at) => {
      const [own, { values }] = [takeColumns(targets, place), views[at]!]
      const soft = values ? recalibrated(own, values) : own
      const rule = rules[at]
      return rule && isHard(rule) ? oneHotOfFirst(soft, place.count, Float32Array) : soft
    }),
    widths,
  )
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
 * items, images that have like edges being alike, and brought back among probabilities. Every survivor added its part, more than the promise needs.
 */
function denoised(
  sum: Float64Array,
  manifest: QuestionManifest,
  sites: number,
  { schema, transfer: dataset }: PublicData,
): Float64Array {
  const { privacy, share, transfer } = manifest
  const part = siteNoiseOf(manifest)
  if (!privacy.noise || !part || !transfer) return sum
  const voters = sites * privacy.noise.members
  const { rows, outputs: classes, scale } = share
  const asked = subset(dataset, rowsOf(transfer)).inputs
  const image = edgesOf(schema)
  const smoothed = smoothAnswers({
    rows,
    inputs: image ? orientedGradients(asked, image) : asked,
    values: sum.map((value) => value / voters),
    classes,
    noiseStdDev: (Math.sqrt(sites) * part.numerator) / part.denominator / scale / voters,
  })
  return ontoSimplex(smoothed, classes).map((value) => value * sites)
}
