/**
 * The released student fitted to this site's own rows, for use at this site (distill/fit-to-site.ts says how).
 *
 * It needs what the site holds already, and tells nobody: the site may be running or not. What it writes says how the
 * site's rows fall into classes, so it belongs to the site as its rows do.
 */
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { classNames, inWords, taskOf } from '#engine/data/target.ts'
import { openOnnxModel } from '#engine/export/onnx.ts'
import { withNetworkOf } from '#engine/export/onnx-network.ts'
import { scaledOutputs } from '#engine/scaled-outputs.ts'
import { openRuntime } from '#engine/session/index.ts'
import { headOf } from '#distill/heads.ts'
import { fitted, fitToRows } from '#distill/fit-to-site.ts'
import { ready } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import { readFileBlob } from '#store/file-blobs.ts'
import type { KeyFileAccess } from '#store/key-file.ts'
import { fileDataSource } from './data.ts'
import { requireJoined, siteFolder } from './folder.ts'
import { readOwnRows } from './own-rows.ts'
import { readSiteState } from './site-journal.ts'

export interface FitStudentOptions {
  /** The run that released it; the latest that this site has received unless told. */
  readonly run?: string
  /** Opens the site's key file where it is locked. */
  readonly keys?: KeyFileAccess
}

export interface FittedStudent {
  readonly run: string
  readonly onnx: Uint8Array
  readonly schema: Uint8Array
  /** Rows that it was fitted to. */
  readonly fittedTo: number
  readonly temperature: number
  readonly classes: readonly string[]
  /** One a class. */
  readonly biases: readonly number[]
  /** On rows of the site that trained nobody, as it was and fitted; absent where the site keeps none. */
  readonly measured?: { readonly rows: number; readonly student: number; readonly fitted: number }
}

/**
 * Rejects with `STUDENT_NOT_RECEIVED` for a student that this site has not received, `STUDENT_UNFITTABLE` where it predicts no
 * classes, and with the codes of the site's folder, its data, and its blobs.
 */
export async function fitStudent(dir: string, { run, keys }: FitStudentOptions = {}): Promise<FittedStudent> {
  await ready
  const folder = siteFolder(dir, keys)
  const { identity } = await requireJoined(folder, dir)
  const state = await readSiteState(folder.journal)
  const chosen = run ?? Object.keys(state.students).at(-1)
  const released = chosen === undefined ? undefined : state.students[chosen]
  const schemaHash = state.teacher?.schemaHash
  if (chosen === undefined || !released || schemaHash === undefined)
    throw new CollegiumError(
      'STUDENT_NOT_RECEIVED',
      `This site has received no student${run === undefined ? '' : ` of ${run}`}.`,
    )

  const [onnx, schemaBytes] = await Promise.all([
    readFileBlob(folder.blobs, released.onnxHash),
    readFileBlob(folder.blobs, schemaHash),
  ])
  const schema = parseFeatureSchema(JSON.parse(new TextDecoder().decode(schemaBytes)))
  const task = taskOf(schema)
  if (task !== 'classify')
    throw new CollegiumError(
      'STUDENT_UNFITTABLE',
      `Only a student of classes is fitted to a site; this one predicts ${inWords[task]}.`,
    )
  const config = await folder.config()
  const { matter, validation } = await readOwnRows(
    fileDataSource(config),
    config,
    identity,
    schema,
    schemaHash,
  )

  const runtime = await openRuntime()
  const student = await openOnnxModel(runtime, onnx)
  try {
    const fit = await fitToRows(matter.training, student)
    const logits = validation.rows > 0 ? await student.logits(validation.inputs, validation.rows) : undefined
    const head = headOf(validation)
    const on = (raw: Float32Array) => head.measure(head.predict(raw), validation).accuracy ?? 0
    return {
      run: chosen,
      onnx: withNetworkOf(onnx, (network) => scaledOutputs(network, 1 / fit.temperature, fit.biases)),
      schema: schemaBytes,
      fittedTo: matter.training.rows,
      temperature: fit.temperature,
      classes: classNames(schema),
      biases: [...fit.biases],
      ...(logits && {
        measured: { rows: validation.rows, student: on(logits), fitted: on(fitted(logits, fit)) },
      }),
    }
  } finally {
    await student.release()
  }
}
