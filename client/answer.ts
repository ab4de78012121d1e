/**
 * From a question to the bytes that would answer it. Nothing is sent or journalled here.
 *
 * To teach: the transfer items, through the teacher. To evaluate: the student, on rows of this site's own
 * that never trained anything. Either way a share kind makes real numbers and fixed point makes words.
 */
import type { Sights } from '#distill/share-input.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import { datasetViews, subset } from '#engine/data/dataset.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { dataFormats, readData } from '#engine/data/read.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { headShapes } from '#engine/data/target.ts'
import type { SharePart } from '#distill/shares.ts'
import { decodeNetwork } from '#engine/checkpoint.ts'
import { predictLogits } from '#engine/infer.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { SecureRandom } from '#federation/ports.ts'
import { encodeNoisySum, encodeShare, partsOf } from '#federation/share.ts'
import { wordStream } from '#privacy/masks.ts'
import { rowsThatFit } from '#federation/policy.ts'
import { rowsOf } from '#proto/items.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import type { FetchBlob } from './blobs.ts'
import { createDigester } from './digest.ts'
import { shareValues, type SideInput, type SideInputs } from './share-values.ts'
import { sightsOf } from './sights.ts'
import type { Teacher } from './teacher/teacher.ts'

export interface AnswerParts {
  readonly runtime: Runtime
  readonly fetchBlob: FetchBlob
  readonly schema: FeatureSchema
  readonly teacher: Teacher
  readonly sideInputs: SideInputs
  readonly training: Dataset
  readonly validation: Dataset
  readonly random: SecureRandom
}

export interface ComputedAnswer {
  readonly share: Uint8Array
  /** Rows the share speaks about. */
  readonly items: number
  readonly subjectHash: string
  /** The other students that were measured. */
  readonly furtherSubjects?: string[]
  /** All of the transfer set, where the question was about items of it. */
  readonly transfer?: Dataset
}

/** Computes answers to questions that `checkQuestion` has let through; keeps the last transfer set decoded. */
export function createAnswerer(parts: AnswerParts): (manifest: QuestionManifest) => Promise<ComputedAnswer> {
  const { runtime, fetchBlob, schema, teacher, sideInputs, validation, random } = parts
  const lendTeacher = createDigester(parts)
  let transferSet: { readonly key: string; readonly dataset: Dataset } | undefined

  const openTransferSet = async (transfer: Transfer, labelled: boolean): Promise<Dataset> => {
    const { hash, format, rows, labelsHash } = transfer
    const key = JSON.stringify([hash, labelled, labelsHash])
    if (transferSet?.key === key) return transferSet.dataset
    const known = dataFormats.find((name) => name === format)
    if (!known)
      throw new CollegiumError('MANIFEST_INVALID', `The transfer set's format "${format}" is unknown here.`)
    const bytes = await fetchBlob(hash, 'transfer set', 'TRANSFER_HASH_MISMATCH')
    const labels =
      labelsHash === undefined ? undefined : await fetchBlob(labelsHash, 'labels', 'TRANSFER_HASH_MISMATCH')
    const raw = readData({ format: known, bytes, ...(labels && { labels }) })
    const dataset = encodeDataset(schema, raw, { labels: labelled ? 'optional' : 'none' })
    if (dataset.rows !== rows)
      throw new CollegiumError(
        'MANIFEST_INVALID',
        `The transfer set has ${dataset.rows} rows; the question says ${rows}.`,
      )
    transferSet = { key, dataset }
    return dataset
  }

  /** What the manifest's share kinds make of anyone's logits, and of what it sees. */
  const valuesOf =
    ({ share }: Pick<QuestionManifest, 'share'>, rows: number, sides: readonly SideInput[]) =>
    (logits: Float32Array, seen: Sights = {}): Float64Array => {
      const parts = partsOf(share)
      const heads = headShapes(schema)
      const fits = ({ head, kind, outputs }: SharePart) =>
        (kind.task ?? 'classify') === heads[head]?.task && outputs.count === heads[head].outputs
      if (heads.length !== Math.max(1, share.heads.length) || !parts.every(fits))
        throw new CollegiumError(
          'MANIFEST_INVALID',
          `A share of ${share.kind} does not fit what the schema says is predicted.`,
        )
      return shareValues(parts, { logits, ...seen, rows, temperature: share.temperature }, sides)
    }

  const teach = async (transfer: Transfer, manifest: QuestionManifest): Promise<ComputedAnswer> => {
    const kinds = partsOf(manifest.share)
    const dataset = await openTransferSet(
      transfer,
      kinds.some(({ kind }) => kind.readsLabels),
    )
    const ofTransfer = rowsOf(transfer)
    const known = subset(dataset, ofTransfer)
    const { inputs: asked, rows: items } = known
    const sides = await sideInputs(kinds, {
      inputs: asked,
      rows: items,
      known,
      transfer: dataset,
      transferHash: transfer.hash,
      ofTransfer,
    })
    const values = valuesOf(manifest, items, sides)
    const share = manifest.privacy.noise
      ? encodeNoisySum(
          manifest,
          (await memberLogits(asked, items)).map((own) => values(own)),
          wordStream(random(32)),
        )
      : encodeShare(
          manifest.share,
          await lendTeacher(manifest, dataset, async (lent) =>
            values(await lent.logits(asked, items), await sightsOf(lent, kinds, asked, items)),
          ),
          wordStream(random(32)),
        )
    return { share, items, subjectHash: transfer.hash, transfer: dataset }
  }

  const memberLogits: NonNullable<Teacher['memberLogits']> = (inputs, rows) => {
    if (teacher.memberLogits) return teacher.memberLogits(inputs, rows)
    throw new CollegiumError('POLICY_REFUSED', "This site's teacher has no sub-teachers to ask.")
  }

  /** The counts of each student on the very same rows, one behind the other. */
  const evaluate = async (
    students: readonly [string, ...string[]],
    manifest: QuestionManifest,
  ): Promise<ComputedAnswer> => {
    const own = evenly(validation, rowsThatFit(manifest, validation.rows))
    const sides = datasetViews(own).map(({ labels, values: numbers, marks }) => ({
      ...(labels && { labels }),
      ...(numbers && { values: numbers }),
      ...(marks && { marks }),
      weightsBy: {},
    }))
    const countsOf = valuesOf({ share: { ...manifest.share, rows: 1 } }, own.rows, sides)
    const values: number[] = []
    for (const hash of students) {
      const student = decodeNetwork(await fetchBlob(hash, 'student'))
      values.push(...countsOf(await predictLogits(runtime, student, own.inputs, own.rows)))
    }
    const [subjectHash, ...furtherSubjects] = students
    return {
      share: encodeShare(manifest.share, values, wordStream(random(32))),
      items: own.rows,
      subjectHash,
      ...(furtherSubjects.length > 0 && { furtherSubjects }),
    }
  }

  return async (manifest) => {
    const { transfer, studentHashes } = manifest
    if (transfer) return teach(transfer, manifest)
    const [first, ...further] = studentHashes
    if (first !== undefined) return evaluate([first, ...further], manifest)
    throw new CollegiumError('MANIFEST_INVALID', 'The question names neither items nor students.')
  }
}

type Transfer = NonNullable<QuestionManifest['transfer']>

/** `wanted` rows, evenly spread over all of them. */
function evenly(dataset: Dataset, wanted: number): Dataset {
  if (wanted >= dataset.rows) return dataset
  return subset(
    dataset,
    Int32Array.from({ length: wanted }, (_, index) => Math.floor((index * dataset.rows) / wanted)),
  )
}
