/**
 * The PATE teacher (Papernot et al. 2018, 1802.08908): many small networks, each trained on the rows of other
 * people, so that one person's rows reach one network at most and move one row of the sum at most.
 *
 * That holds only if nothing of a network's training depends on rows outside its part. So all take the same steps,
 * over as many rows as site.yaml says and not as the data happen to have: a part with fewer rows repeats them, one
 * with more leaves the last out, and a part without any learns from a blank row that every class is as likely. There
 * is no early stopping. By itself such a teacher promises nothing: the noise on the sum of its answers does.
 */
import { oneHot, type Dataset } from '#engine/data/dataset.ts'
import { trainEnsemble } from '#engine/ensemble.ts'
import { predictEnsemble } from '#engine/ensemble-predict.ts'
import { rowCrossEntropy } from '#engine/losses.ts'
import { initialise, type Network } from '#engine/network.ts'
import { softmaxRows } from '#engine/predictor.ts'
import { seededRandom } from '#engine/random.ts'
import { decodeTensors, encodeTensors, invalidFile, parseJson } from '#engine/safetensors.ts'
import type { Runtime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import type { TrainingProgress } from '#engine/train.ts'
import type { Blobs } from '#federation/ports.ts'
import type { PateTeacherConfig } from '../config.ts'
import { partByUnit } from '../units.ts'
import type { Teacher } from './teacher.ts'

export interface PateJob {
  readonly config: PateTeacherConfig
  readonly training: Dataset
  readonly unitKey: Uint8Array
  readonly seed: number
  readonly signal: AbortSignal
  readonly onEpoch: (progress: Pick<TrainingProgress, 'epoch' | 'epochs'>) => void
}

/** Trains the sub-teachers and keeps them as one blob. Rejects as `trainEnsemble` does. */
export async function trainPate(runtime: Runtime, blobs: Blobs, job: PateJob): Promise<Teacher> {
  const { config, training, unitKey, seed, signal, onEpoch } = job
  const { members, hidden, rows, epochs, batchSize, learningRate, weightDecay } = config
  const classes = training.classes.length
  const spec = parseSpec({ kind: 'mlp', inputs: training.features, hidden, outputs: classes })
  const random = seededRandom(seed).fork('sub-teachers')
  const blank = training.rows
  const { networks } = await trainEnsemble(runtime, {
    networks: Array.from({ length: members }, (_, i) => initialise(spec, random.fork(String(i)))),
    batch: withBlank(training),
    subsets: partByUnit(training, unitKey, members).map((part) =>
      Int32Array.from({ length: rows }, (_, i) => part[i % part.length] ?? blank),
    ),
    loss: rowCrossEntropy,
    optimiser: { learningRate, weightDecay, schedule: 'cosine' },
    epochs,
    batchSize,
    seed,
    signal,
    onEpoch,
  })
  return openPate(runtime, networks, await blobs.put(encodeNetworks(networks)))
}

/** A teacher kept before. Rejects with `ENGINE_MODEL_INVALID` for a blob that is not one. */
export async function restorePate(runtime: Runtime, blobs: Blobs, networkHash: string): Promise<Teacher> {
  return openPate(runtime, decodeNetworks(await blobs.get(networkHash)), networkHash)
}

function openPate(runtime: Runtime, networks: readonly Network[], networkHash: string): Teacher {
  const memberLogits = (inputs: Float32Array, rows: number) =>
    predictEnsemble(runtime, networks, inputs, rows)
  return {
    kind: 'pate',
    networkHash,
    memberLogits,
    /** Logarithms of the mean probability. */
    async logits(inputs, rows) {
      const width = networks[0]?.spec.outputs ?? 1
      const mean = new Float32Array(rows * width)
      for (const logits of await memberLogits(inputs, rows))
        softmaxRows(logits, width).forEach((p, at) => (mean[at] = (mean[at] as number) + p / networks.length))
      return mean.map((p) => Math.log(Math.max(p, Number.MIN_VALUE)))
    },
    release: () => Promise.resolve(),
  }
}

/** All rows, and behind them one of zeros that belongs to every class alike. */
function withBlank({ inputs, labels, features, classes }: Dataset) {
  const known = oneHot(labels ?? new Int32Array(), classes.length)
  const data = new Float32Array(inputs.length + features)
  const targets = new Float32Array(known.length + classes.length).fill(1 / classes.length)
  data.set(inputs)
  targets.set(known)
  return { inputs: { data, width: features }, targets: { data: targets, width: classes.length } }
}

const SPEC = 'collegium.spec'
const WHAT = 'an ensemble of sub-teachers'

function encodeNetworks(networks: readonly Network[]): Uint8Array {
  const tensors = networks.map(({ parameters }, i) => ({
    name: String(i),
    shape: [parameters.length],
    data: parameters,
  }))
  return encodeTensors({ metadata: { [SPEC]: JSON.stringify(networks[0]?.spec) }, tensors })
}

function decodeNetworks(bytes: Uint8Array): Network[] {
  const { metadata, tensors } = decodeTensors(bytes, WHAT)
  const spec = parseSpec(parseJson(metadata[SPEC] ?? '', WHAT))
  if (tensors.length === 0) throw invalidFile(WHAT)('it holds none')
  return tensors.map(({ data }) => ({ spec, parameters: data }))
}
