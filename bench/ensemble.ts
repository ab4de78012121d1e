/** Fifty sub-teachers: trained in one graph, and one after the other. */
import { memberSeed, trainEnsemble } from '#engine/ensemble.ts'
import { rowCrossEntropy } from '#engine/losses.ts'
import { initialise } from '#engine/network.ts'
import type { Network } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import type { Runtime } from '#engine/session/index.ts'
import { train } from '#engine/train.ts'
import { rowOf, takeTurns } from './harness.ts'
import type { Section } from './harness.ts'
import { versionOf } from './machine.ts'
import { jobOf } from './ours.ts'
import { workloadOf } from './workload.ts'
import type { Workload } from './workload.ts'

const MEMBERS = 50
const ROWS_EACH = 80
const EPOCHS = 20
const AIM = { of: 'one after the other', atLeast: 3 }
const MOST_APART = 1e-3

/** Both ways count everything, from the networks' first parameters to their last; so in sequence, 50 graphs. */
export const ensembleSection: Section = {
  name: `${MEMBERS} sub-teachers, MLP 64-64-10 on ${ROWS_EACH} rows each`,
  async run(options) {
    const runtime = await openRuntime()
    const spec = { kind: 'mlp', inputs: 64, hidden: [64], outputs: 10 } as const
    const all = workloadOf({ name: this.name, spec, batchSize: 20, batches: (MEMBERS * ROWS_EACH) / 20 })
    const networks = Array.from({ length: MEMBERS }, (_, i) =>
      initialise(all.network.spec, seededRandom(`member ${i}`)),
    )
    checkAlike(await together(runtime, all, networks), await inSequence(runtime, all, networks))
    const version = await versionOf(runtime.name)
    const timed = (run: typeof together) => ({
      version,
      measure: async (): Promise<number> => {
        const began = performance.now()
        await run(runtime, all, networks)
        return MEMBERS / ((performance.now() - began) / 1000)
      },
    })
    const results = await takeTurns(
      { together: timed(together), 'one after the other': timed(inSequence) },
      options,
    )
    const { together: ours, ...others } = results
    if ('absent' in ours) throw new Error(ours.absent)
    const head = { name: this.name, unit: 'networks/s', threads: runtime.threads, aims: [AIM] }
    return [rowOf(head, ours.value, others)]
  },
}

async function together(runtime: Runtime, all: Workload, networks: readonly Network[]): Promise<Network[]> {
  const subsets = networks.map((_, i) =>
    Int32Array.from({ length: ROWS_EACH }, (_, row) => i * ROWS_EACH + row),
  )
  const { batch, optimiser, batchSize, seed } = jobOf(all, { epochs: EPOCHS })
  const trained = await trainEnsemble(runtime, {
    networks,
    batch,
    subsets,
    loss: rowCrossEntropy,
    ...(optimiser && { optimiser }),
    epochs: EPOCHS,
    batchSize,
    seed,
  })
  return trained.networks
}

async function inSequence(runtime: Runtime, all: Workload, networks: readonly Network[]): Promise<Network[]> {
  const trained: Network[] = []
  for (const [i, network] of networks.entries()) {
    const own = (data: Float32Array, width: number): Float32Array =>
      data.subarray(i * ROWS_EACH * width, (i + 1) * ROWS_EACH * width)
    const work = {
      ...all,
      network,
      rows: ROWS_EACH,
      inputs: own(all.inputs, network.spec.inputs),
      targets: own(all.targets, network.spec.outputs),
    }
    const job = jobOf(work, { epochs: EPOCHS })
    trained.push((await train(runtime, { ...job, seed: memberSeed(job.seed, i) })).network)
  }
  return trained
}

function checkAlike(some: readonly Network[], others: readonly Network[]): void {
  const apart = some.map(({ parameters }, i) =>
    parameters.reduce((most, p, at) => Math.max(most, Math.abs(p - others[i]!.parameters[at]!)), 0),
  )
  const most = Math.max(...apart)
  if (!(most < MOST_APART))
    throw new Error(`The sub-teachers' parameters are ${most} apart; the work is not equal.`)
}
