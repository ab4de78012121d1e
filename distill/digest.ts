/**
 * Digesting: between two rounds a teacher learns what all sites said together, beside what its own rows say.
 *
 * FedMD (Li and Wang, arXiv 1910.03581, algorithm 1) has two steps: *digest*, some epochs towards the consensus on
 * public items, then *revisit*, some epochs on private rows, lest the teacher forget what it alone knows. Here both
 * happen at once: public items with soft targets and own rows with labels are shuffled into the same batches, and each
 * row contributes its own part of the loss. So neither has the last word, and one number, the epochs, says it all.
 *
 * The network always starts from the site's own teacher, never from what an earlier round made of it: the file of each
 * round speaks about all items so far, so nothing is lost, nothing piles up, and what answers is a function of the
 * teacher and the question alone, which a site that restarts works out again.
 */
import { UNLABELLED, type Dataset } from '#engine/data/dataset.ts'
import { joined } from '#engine/data/matrix.ts'
import type { Network } from '#engine/network.ts'
import type { Runtime } from '#engine/session/index.ts'
import { distil } from './distil.ts'

export interface DigestJob {
  readonly network: Network
  /** rows x features, the public items, and rows x classes, what they are to be taken for at `temperature`. */
  readonly inputs: Float32Array
  readonly targets: Float32Array
  readonly temperature: number
  /** The teacher's own rows, which it goes on learning from; none for one that may not see them again. */
  readonly own?: Pick<Dataset, 'rows' | 'inputs'> & { readonly labels: Int32Array }
  readonly epochs: number
  readonly seed: number | string
  readonly signal?: AbortSignal
}

/** What a teacher knows should move, not be lost: a tenth of the first rate of a fresh network. */
const TRAINING = { batchSize: 32, learningRate: 0.001, weightDecay: 0 } as const

/** The teacher that has taken it in; the one given stays as it is. Rejects as `distil` does. */
export async function digest(runtime: Runtime, job: DigestJob): Promise<Network> {
  const { network, own, inputs, targets, temperature, epochs, seed, signal } = job
  const { spec } = network
  const items = inputs.length / spec.inputs
  const rows = items + (own?.rows ?? 0)
  // A row of zeros asks for nothing: where the one part of the loss is said, the other is silent.
  const learnt = own
    ? {
        inputs: joined([inputs, own.inputs]),
        targets: joined([targets, new Float32Array(own.rows * spec.outputs)]),
        labels: Int32Array.from([...new Int32Array(items).fill(UNLABELLED), ...own.labels]),
      }
    : { inputs, targets }
  const result = await distil(runtime, {
    student: spec,
    start: network,
    rows,
    ...learnt,
    temperature,
    alpha: 0.5,
    training: { ...TRAINING, epochs },
    seed,
    ...(signal && { signal }),
  })
  return result.network
}
