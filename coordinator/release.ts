/**
 * The release: the student as ONNX and as a TensorFlow.js layers model, with its schema, report and card.
 *
 * An export that nobody has loaded is a hope. Both files are read back through the runtimes a user would
 * use and must give the student's own predictions on the transfer set, to 1e-5, before they are released. A student
 * that predicts a number, or several targets, is released as ONNX alone.
 */
import { headOf } from '#distill/heads.ts'
import { concentrationsOf } from '#distill/losses/dirichlet.ts'
import { decodeNetwork } from '#engine/checkpoint.ts'
import { EngineError } from '#engine/errors.ts'
import { openOnnxModel, toOnnx } from '#engine/export/onnx.ts'
import { loadTfjsModel, toTfjsLayersModel } from '#engine/export/tfjs.ts'
import { predictLogits, type Predictor } from '#engine/infer.ts'
import type { Squashing } from '#engine/predictor.ts'
import type { Network } from '#engine/network.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { EventOf } from '#federation/events.ts'
import { lossOf } from '#federation/plan.ts'
import type { Blobs } from '#federation/ports.ts'
import type { FederationState, Run } from '#federation/state.ts'
import { CollegiumError } from '#proto/errors.ts'
import { modelCard } from './model-card.ts'
import type { ReleaseGate } from './release-gate.ts'
import type { PublicData } from './datasets.ts'

type ReleaseFiles = EventOf<'student-released'>['files']

const TOLERANCE = 1e-5
const CHECKED_ROWS = 256

export async function releaseStudent(
  blobs: Blobs,
  runtime: Runtime,
  state: FederationState,
  run: Run,
  { transfer }: PublicData,
  gate: ReleaseGate,
): Promise<ReleaseFiles> {
  if (!run.student || !run.reportHash)
    throw new CollegiumError('INTERNAL', `${run.run} has nothing to release.`)
  const network = decodeNetwork(await blobs.get(run.student.networkHash))
  const head = headOf(transfer)

  const onnx = toOnnx(network, {
    name: 'student',
    metadata: { run: run.run, network: run.student.networkHash },
    outputs: (given) => ({
      ...head.release(given),
      ...(lossOf(run.plan) === 'dirichlet' && { concentrations: concentrationsOf(given) }),
    }),
  })
  const { squashing } = head
  const browser = squashing && browserForm(network, squashing)

  const rows = Math.min(CHECKED_ROWS, transfer.rows)
  const inputs = transfer.inputs.subarray(0, rows * transfer.features)
  const expected = head.predict(await predictLogits(runtime, network, inputs, rows))
  const check = async (what: string, predictor: Predictor) => {
    const logits = await predictor.logits(inputs, rows)
    await predictor.release()
    const worst = largestDifference(expected, head.predict(logits))
    if (!(worst <= TOLERANCE))
      throw new CollegiumError(
        'RUN_FAILED',
        `${what} differs from the student by ${worst}; it is not released.`,
      )
    return worst
  }
  const fidelity = {
    'student.onnx': await check('student.onnx', await openOnnxModel(runtime, onnx, squashing)),
    ...(browser && {
      'model.json': await check(
        'model.json',
        await loadTfjsModel(browser.modelJson, browser.weights, squashing),
      ),
    }),
  }

  const report = await blobs.get(run.reportHash)
  const card = modelCard({
    state,
    run,
    report: JSON.parse(new TextDecoder().decode(report)) as unknown,
    fidelity,
    gate,
  })
  const files: (readonly [string, Uint8Array])[] = [
    ['student.onnx', onnx],
    ...(browser
      ? ([
          ['model.json', json(browser.modelJson)],
          ['weights.bin', browser.weights],
        ] as const)
      : []),
    ['schema.json', await blobs.get(run.plan.schemaHash)],
    ['report.json', report],
    ['card.json', json(card)],
  ]
  return Promise.all(
    files.map(async ([name, bytes]) => ({ name, hash: await blobs.put(bytes), bytes: bytes.byteLength })),
  )
}

/** The TensorFlow.js form; undefined for a network that has none, such as one with attention. */
function browserForm(
  network: Network,
  squashing: Squashing,
): ReturnType<typeof toTfjsLayersModel> | undefined {
  try {
    return toTfjsLayersModel(network, squashing)
  } catch (error) {
    if (error instanceof EngineError && error.code === 'ENGINE_EXPORT_UNSUPPORTED') return undefined
    throw error
  }
}

const json = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)

function largestDifference(a: Float32Array, b: Float32Array): number {
  let largest = a.length === b.length ? 0 : Infinity
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] as number) - (b[i] as number))
    if (!(difference <= largest)) largest = difference // NaN lands here too
  }
  return largest
}
