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
 */
import { concatenate, subset, type Dataset } from '#engine/data/dataset.ts'
import { predictLogits } from '#engine/infer.ts'
import type { Network } from '#engine/network.ts'
import { parseSpec } from '#engine/spec.ts'
import { defaultTeacherTraining } from '../defaults.ts'
import { trainTeacher } from '../teach.ts'
import { bounded, type Gate, type GateJob } from './gate.ts'

const FOLDS = 3
const SIDES = ['transfer', 'own']

/** Rejects as training does. */
export async function densityRatioGate({ own, transfer, random, runtime, signal }: GateJob): Promise<Gate> {
  const folds = Math.min(FOLDS, transfer.rows)
  const order = random.shuffle(Int32Array.from({ length: transfer.rows }, (_, row) => row))
  const seed = random.fork('networks').integer(2 ** 31)
  const correction = folds > 1 ? (folds - 1) / folds : 1
  const oddsBy = async (network: Network, inputs: Float32Array, rows: number): Promise<Float64Array> => {
    const logits = await predictLogits(runtime, network, inputs, rows)
    return Float64Array.from(
      { length: rows },
      (_, row) => correction * Math.exp((logits[2 * row + 1] as number) - (logits[2 * row] as number)),
    )
  }

  const networks: Network[] = []
  const ofTransfer = new Float64Array(transfer.rows)
  for (let fold = 0; fold < folds; fold++) {
    const held = order.filter((_, at) => at % folds === fold)
    const kept = folds > 1 ? order.filter((_, at) => at % folds !== fold) : order
    const dataset = sided(own, subset(transfer, kept))
    const { network } = await trainTeacher(runtime, {
      spec: parseSpec({ kind: 'mlp', inputs: own.features, hidden: hiddenFor(own), outputs: 2 }),
      dataset,
      training: defaultTeacherTraining(dataset.rows),
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

/** As for teachers: a few hundred rows make a linear model, more make a hidden layer. */
const hiddenFor = ({ rows, features }: Dataset): number[] => (rows < 300 ? [] : [features < 200 ? 64 : 128])

/** Own rows in class 1, transfer rows in class 0. */
function sided(own: Dataset, transfer: Dataset): Dataset {
  const labelled = ({ inputs, features, rows }: Dataset, side: number): Dataset => ({
    rows,
    features,
    inputs,
    labels: new Int32Array(rows).fill(side),
    classes: SIDES,
  })
  return concatenate([labelled(transfer, 0), labelled(own, 1)])
}
