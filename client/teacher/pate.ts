/**
 * The PATE teacher (Papernot et al. 2018, 1802.08908): many small networks, each trained on the rows of other
 * people, so that one person's rows reach one network at most and move one row of the sum at most.
 *
 * That holds only if nothing of a network's training depends on rows outside its part. So all take the same steps,
 * over as many rows as site.yaml says and not as the data happen to have: a part with fewer rows repeats them, one
 * with more leaves the last out, and a part without any learns from a blank row that every class is as likely. There
 * is no early stopping. By itself such a teacher promises nothing: the noise on the sum of its answers does.
 *
 * A part is small, so what its rows are told by matters more than what learns from them. Images are described by
 * their edges (engine/data/oriented-gradients.ts), which takes no data and costs no privacy; better features are what
 * private learning needs most (Tramer and Boneh 2021, 2011.11660).
 */
import { oneHot, type Dataset } from '#engine/data/dataset.ts'
import {
  edgesOf,
  orientedGradientCount,
  orientedGradients,
  type ImageShape,
} from '#engine/data/oriented-gradients.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
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
  readonly schema: FeatureSchema
  readonly training: Dataset
  readonly unitKey: Uint8Array
  readonly seed: number
  readonly signal: AbortSignal
  readonly onEpoch: (progress: Pick<TrainingProgress, 'epoch' | 'epochs'>) => void
}

/** Trains the sub-teachers and keeps them as one blob. Rejects as `trainEnsemble` does. */
export async function trainPate(runtime: Runtime, blobs: Blobs, job: PateJob): Promise<Teacher> {
  const { config, schema, training, unitKey, seed, signal, onEpoch } = job
  const { members, hidden, rows, balance, epochs, batchSize, learningRate, weightDecay } = config
  const classes = training.classes.length
  const image = config.features === 'edges' ? edgesOf(schema) : undefined
  const seen = image ? edges(training, image) : training
  const spec = parseSpec({ kind: 'mlp', inputs: seen.features, hidden, outputs: classes })
  const random = seededRandom(seed).fork('sub-teachers')
  const { networks } = await trainEnsemble(runtime, {
    networks: Array.from({ length: members }, (_, i) => initialise(spec, random.fork(String(i)))),
    batch: withBlank(seen),
    subsets: partByUnit(training, unitKey, members).map((part) =>
      dealt(balance ? byClass(part, training) : [part], { rows, blank: training.rows }),
    ),
    loss: rowCrossEntropy,
    optimiser: { learningRate, weightDecay, schedule: 'cosine' },
    epochs,
    batchSize,
    seed,
    signal,
    onEpoch,
  })
  const kept = { networks, ...(image && { image }) }
  return openPate(runtime, kept, await blobs.put(encodeSubTeachers(kept)))
}

/** A teacher kept before. Rejects with `ENGINE_MODEL_INVALID` for a blob that is not one. */
export async function restorePate(runtime: Runtime, blobs: Blobs, networkHash: string): Promise<Teacher> {
  return openPate(runtime, decodeSubTeachers(await blobs.get(networkHash)), networkHash)
}

interface SubTeachers {
  readonly networks: readonly Network[]
  /** Of images of which they see the edges. */
  readonly image?: ImageShape
}

function openPate(runtime: Runtime, { networks, image }: SubTeachers, networkHash: string): Teacher {
  const memberLogits = (inputs: Float32Array, rows: number) =>
    predictEnsemble(runtime, networks, image ? orientedGradients(inputs, image) : inputs, rows)
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

const edges = (images: Dataset, image: ImageShape): Dataset => ({
  ...images,
  features: orientedGradientCount(image),
  inputs: orientedGradients(images.inputs, image),
})

/** The rows of each class that the part has. */
function byClass(part: Int32Array, { labels, classes }: Dataset): Int32Array[] {
  return classes.map((_, k) => part.filter((row) => labels?.[row] === k)).filter(({ length }) => length > 0)
}

/** So many rows, of each group in turn, and of a group in turn; the blank one where there is no group. */
const dealt = (
  groups: readonly Int32Array[],
  { rows, blank }: { readonly rows: number; readonly blank: number },
): Int32Array =>
  Int32Array.from({ length: rows }, (_, i) => {
    const group = groups[i % groups.length]
    return group?.[Math.floor(i / groups.length) % group.length] ?? blank
  })

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
const EDGES = 'collegium.edges-of'
const WHAT = 'an ensemble of sub-teachers'

function encodeSubTeachers({ networks, image }: SubTeachers): Uint8Array {
  const tensors = networks.map(({ parameters }, i) => ({
    name: String(i),
    shape: [parameters.length],
    data: parameters,
  }))
  const metadata = {
    [SPEC]: JSON.stringify(networks[0]?.spec),
    ...(image && { [EDGES]: JSON.stringify(image) }),
  }
  return encodeTensors({ metadata, tensors })
}

function decodeSubTeachers(bytes: Uint8Array): SubTeachers {
  const { metadata, tensors } = decodeTensors(bytes, WHAT)
  const spec = parseSpec(parseJson(metadata[SPEC] ?? '', WHAT))
  const image = metadata[EDGES]
  if (tensors.length === 0) throw invalidFile(WHAT)('it holds none')
  return {
    networks: tensors.map(({ data }) => ({ spec, parameters: data })),
    ...(image !== undefined && { image: parseJson(image, WHAT) as ImageShape }),
  }
}
