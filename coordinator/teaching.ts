/** What the teachers have taught so far: the revealed sums of a run, combined into soft targets. */
import { combineRules } from '#distill/rules.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import type { Blobs } from '#federation/ports.ts'
import { decodeSum } from '#federation/share.ts'
import { questionOf, type FederationState, type Run } from '#federation/state.ts'
import { decodeManifest } from '#proto/manifest.ts'
import { CollegiumError } from '#proto/errors.ts'
import { bytesToWords } from '#privacy/fixed-point.ts'

export interface TeachingSet {
  readonly rows: number
  /** rows x features, the transfer rows asked about so far, in order. */
  readonly inputs: Float32Array
  /** rows x classes, at the plan's temperature. */
  readonly targets: Float32Array
  /** Class index or -1; absent when the transfer set has no labels. */
  readonly labels?: Int32Array
}

/** Everything revealed up to and including `round`. */
export async function teachingSet(
  blobs: Blobs,
  state: FederationState,
  run: Run,
  round: number,
  transfer: Dataset,
): Promise<TeachingSet> {
  const { plan } = run
  const classes = plan.student.outputs
  const parts: Float32Array[] = []
  for (let asked = 0; asked <= round; asked++) {
    const question = questionOf(state, run, 'teach', asked)
    if (!question?.sumHash || !question.survivors)
      throw new CollegiumError('INTERNAL', `Round ${asked} of ${run.run} has no sum.`)
    const { share } = decodeManifest(Buffer.from(question.manifest, 'base64'))
    const sum = decodeSum(share, bytesToWords(await blobs.get(question.sumHash)))
    const shape = { rows: share.rows, classes, temperature: share.temperature }
    parts.push(combineRules[plan.rule].finalize(sum, question.survivors.length, shape).targets)
  }
  const rows = parts.reduce((total, part) => total + part.length / classes, 0)
  const targets = new Float32Array(rows * classes)
  let offset = 0
  for (const part of parts) {
    targets.set(part, offset)
    offset += part.length
  }
  const inputs = transfer.inputs.subarray(0, rows * transfer.features)
  return { rows, inputs, targets, ...(transfer.labels && { labels: transfer.labels.subarray(0, rows) }) }
}
