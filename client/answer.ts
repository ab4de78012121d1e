/**
 * From a question to the bytes that would answer it. Nothing is sent or journalled here.
 *
 * To teach: the transfer items, through the teacher. To evaluate: the student, on rows of this site's own
 * that never trained anything. Either way a share kind makes real numbers and fixed point makes words.
 */
import type { Dataset } from '#engine/data/dataset.ts'
import { subset } from '#engine/data/dataset.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { dataFormats, readData } from '#engine/data/read.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { decodeNetwork } from '#engine/checkpoint.ts'
import { predictLogits } from '#engine/infer.ts'
import type { Runtime } from '#engine/session/index.ts'
import { shareKinds, type ShareKindName } from '#distill/shares.ts'
import { encodeShare } from '#federation/share.ts'
import { rowsThatFit } from '#federation/policy.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import type { FetchBlob } from './blobs.ts'
import type { Teacher } from './teacher/teacher.ts'

export interface AnswerParts {
  readonly runtime: Runtime
  readonly fetchBlob: FetchBlob
  readonly schema: FeatureSchema
  readonly teacher: Teacher
  readonly validation: Dataset
}

export interface ComputedAnswer {
  readonly share: Uint8Array
  /** Rows the share speaks about. */
  readonly items: number
  readonly subjectHash: string
}

/** Computes answers to questions that `checkQuestion` has let through; keeps the last transfer set decoded. */
export function createAnswerer(parts: AnswerParts): (manifest: QuestionManifest) => Promise<ComputedAnswer> {
  const { runtime, fetchBlob, schema, teacher, validation } = parts
  let transferSet: { readonly hash: string; readonly dataset: Dataset } | undefined

  const openTransferSet = async ({ hash, format, rows }: Transfer): Promise<Dataset> => {
    if (transferSet?.hash === hash) return transferSet.dataset
    const known = dataFormats.find((name) => name === format)
    if (!known)
      throw new CollegiumError('MANIFEST_INVALID', `The transfer set's format "${format}" is unknown here.`)
    const bytes = await fetchBlob(hash, 'transfer set', 'TRANSFER_HASH_MISMATCH')
    const dataset = encodeDataset(schema, readData({ format: known, bytes }), { labels: 'none' })
    if (dataset.rows !== rows)
      throw new CollegiumError(
        'MANIFEST_INVALID',
        `The transfer set has ${dataset.rows} rows; the question says ${rows}.`,
      )
    transferSet = { hash, dataset }
    return dataset
  }

  const teach = async (transfer: Transfer): Promise<Predicted> => {
    const { inputs, features } = await openTransferSet(transfer)
    const { firstRow, rowCount: rows } = transfer
    const asked = inputs.subarray(firstRow * features, (firstRow + rows) * features)
    return { logits: await teacher.logits(asked, rows), rows, subjectHash: transfer.hash }
  }

  const evaluate = async (studentHash: string, manifest: QuestionManifest): Promise<Predicted> => {
    const student = decodeNetwork(await fetchBlob(studentHash, 'student'))
    const own = evenly(validation, rowsThatFit(manifest, validation.rows))
    const logits = await predictLogits(runtime, student, own.inputs, own.rows)
    return { logits, rows: own.rows, subjectHash: studentHash, ...(own.labels && { labels: own.labels }) }
  }

  return async (manifest) => {
    const { share, transfer, studentHash } = manifest
    if (transfer === undefined && studentHash === undefined)
      throw new CollegiumError('MANIFEST_INVALID', 'The question names neither items nor a student.')
    const { rows, subjectHash, ...predicted } = await (transfer
      ? teach(transfer)
      : evaluate(studentHash ?? '', manifest))
    const { temperature, clip, outputs: classes } = share
    const values = shareKinds[share.kind as ShareKindName].compute({
      ...predicted,
      rows,
      classes,
      temperature,
      clip,
    })
    return { share: encodeShare(share, values), items: rows, subjectHash }
  }
}

type Transfer = NonNullable<QuestionManifest['transfer']>

interface Predicted {
  readonly logits: Float32Array
  readonly labels?: Int32Array
  readonly rows: number
  readonly subjectHash: string
}

/** `wanted` rows, evenly spread over all of them. */
function evenly(dataset: Dataset, wanted: number): Dataset {
  if (wanted >= dataset.rows) return dataset
  return subset(
    dataset,
    Int32Array.from({ length: wanted }, (_, index) => Math.floor((index * dataset.rows) / wanted)),
  )
}
