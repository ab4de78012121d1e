/**
 * How dense a site's rows are at an item, as a ratio to how dense the transfer set is there, from a classifier that
 * tells the one from the other (Qin 1998; Sugiyama, Suzuki and Kanamori 2012, chapter 4).
 *
 * A network that has seen n own rows and m transfer rows, and says "own" with probability q(x), has odds
 * q / (1 - q) = n p_own(x) / (m p_transfer(x)). That is the weight: neither density is ever estimated, which in
 * hundreds of dimensions nobody can, and a site with twice the rows counts twice.
 *
 * The items asked about are themselves the transfer rows it learns from, and a network that has learnt a row by heart
 * calls it "transfer" for that reason alone. So the transfer set is cut into folds, and each fold is weighed by a
 * network that has seen only the others. Of F folds, F - 1 train, so odds are (F - 1) / F of those above.
 *
 * For tables the classifier is linear: in a few hundred rows anything larger finds differences that are not there.
 * For images it is convolutional and learns the site's classes apart, each against the transfer set, since what a
 * class looks like is what there is to know; the odds of all own classes add up to those of the site. It sees each
 * image a few times and never twice in the same place, learns none by heart, and needs no folds.
 */
import { UNLABELLED, concatenate, subset, type Dataset } from '#engine/data/dataset.ts'
import { predictLogits } from '#engine/infer.ts'
import type { Network } from '#engine/network.ts'
import { parseSpec, type NetworkSpec } from '#engine/spec.ts'
import { defaultTeacherTraining } from '../defaults.ts'
import { trainTeacher, type TeacherTraining } from '../teach.ts'
import { bounded, type Gate, type GateJob } from './gate.ts'

/** Rejects as training does. */
export async function densityRatioGate(job: GateJob): Promise<Gate> {
  const { transfer, random, runtime, signal, image } = job
  const own = image ? job.own : oneClass(job.own)
  const width = own.classes.length + 1
  const folds = Math.min(image ? 1 : 5, transfer.rows)
  const order = random.shuffle(Int32Array.from({ length: transfer.rows }, (_, row) => row))
  const seed = random.fork('networks').integer(2 ** 31)
  const correction = folds > 1 ? (folds - 1) / folds : 1

  /** The odds of the own classes together against the transfer set, which is the last class. */
  const oddsBy = async (network: Network, inputs: Float32Array, rows: number): Promise<Float64Array> => {
    const logits = await predictLogits(runtime, network, inputs, rows)
    return Float64Array.from({ length: rows }, (_, row) => {
      const against = logits[(row + 1) * width - 1] as number
      const site = logits.subarray(row * width, (row + 1) * width - 1)
      return correction * site.reduce((sum, logit) => sum + Math.exp(logit - against), 0)
    })
  }

  const networks: Network[] = []
  const ofTransfer = new Float64Array(transfer.rows)
  for (let fold = 0; fold < folds; fold++) {
    const held = order.filter((_, at) => at % folds === fold)
    const kept = folds > 1 ? order.filter((_, at) => at % folds !== fold) : order
    const dataset = against(own, subset(transfer, kept))
    const { network } = await trainTeacher(runtime, {
      ...(image ? convolutional(image, width, dataset.rows) : linear(own.features, dataset.rows)),
      dataset,
      seed: seed + fold,
      ...(signal && { signal }),
    })
    networks.push(network)
    const odds = await oddsBy(network, subset(transfer, held).inputs, held.length)
    held.forEach((row, at) => (ofTransfer[row] = bounded('density-ratio', odds[at] as number)))
  }
  return {
    ofTransfer,
    async weigh(inputs, rows) {
      const mean = new Float64Array(rows)
      for (const network of networks) {
        const odds = await oddsBy(network, inputs, rows)
        odds.forEach((value, row) => (mean[row] = (mean[row] as number) + value / networks.length))
      }
      return mean.map((value) => bounded('density-ratio', value))
    },
  }
}

interface Classifier {
  readonly spec: NetworkSpec
  readonly training: TeacherTraining
}

const linear = (inputs: number, rows: number): Classifier => ({
  spec: parseSpec({ kind: 'mlp', inputs, hidden: [], outputs: 2 }),
  training: { ...defaultTeacherTraining(rows), stopping: 0 },
})

/** Two convolutions that halve the image, small enough to be trained in seconds; at least 400 steps. */
function convolutional(
  [height, width, channels]: readonly [number, number, number],
  outputs: number,
  rows: number,
): Classifier {
  const quarter = (extent: number) => Math.ceil(Math.ceil(extent / 2) / 2)
  const image: [number, number, number] = [height, width, channels]
  const spec = parseSpec({
    kind: 'layers',
    inputs: height * width * channels,
    outputs,
    layers: [
      { kind: 'rearrange', name: 'in', to: 'channelsFirst', extents: image },
      {
        kind: 'conv',
        name: 'first',
        inputs: channels,
        outputs: 8,
        window: [5, 5],
        stride: 2,
        activation: 'relu',
      },
      { kind: 'conv', name: 'second', inputs: 8, outputs: 16, window: [3, 3], stride: 2, activation: 'relu' },
      { kind: 'rearrange', name: 'flat', to: 'flatten' },
      {
        kind: 'dense',
        name: 'hidden',
        inputs: 16 * quarter(height) * quarter(width),
        outputs: 32,
        activation: 'relu',
      },
      { kind: 'dense', name: 'out', inputs: 32, outputs, activation: 'linear' },
    ],
  })
  const training: TeacherTraining = {
    epochs: Math.min(50, Math.max(4, Math.ceil((400 * 64) / rows))),
    batchSize: 64,
    learningRate: 0.003,
    weightDecay: 0.01,
    stopping: 0,
    patience: 1,
    augment: [{ kind: 'shift', pixels: 2, image }],
  }
  return { spec, training }
}

const oneClass = (own: Dataset): Dataset => ({
  ...own,
  labels: new Int32Array(own.rows),
  classes: ['own'],
})

/** The site's rows in their classes, and the transfer rows in one more. Rows without a label are left out. */
function against(own: Dataset, transfer: Dataset): Dataset {
  const { features, classes } = own
  const all = [...classes, 'transfer']
  const labels = own.labels ?? new Int32Array(own.rows).fill(UNLABELLED)
  const others = new Int32Array(transfer.rows).fill(classes.length)
  return concatenate([
    { rows: transfer.rows, features, inputs: transfer.inputs, labels: others, classes: all },
    { rows: own.rows, features, inputs: own.inputs, labels, classes: all },
  ])
}
