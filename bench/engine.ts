/**
 * How fast networks train: samples per second, ours against PyTorch and TensorFlow.js on the same steps.
 *
 * Before anything is measured, each peer trains three steps from the same parameters on the same batch, and must
 * agree with the engine on every loss. Then all those at one number of threads take turns.
 */
import { openRuntime } from '#engine/session/index.ts'
import { ensembleSection } from './ensemble.ts'
import { rowOf, takeTurns } from './harness.ts'
import type { Contestant, Section, Suite, SuiteOptions } from './harness.ts'
import { entries } from './networks.ts'
import type { Entry } from './networks.ts'
import { engineOn } from './ours.ts'
import type { OrtName } from './ours.ts'
import { openPeers } from './peers.ts'
import type { Peers } from './peers.ts'
import { preparationSections } from './preparation.ts'
import { PRODUCTS, productsAlone } from './products.ts'
import type { Aim, Row } from './row.ts'
import { workloadOf } from './workload.ts'

export const suite: Suite = {
  name: 'engine',
  open() {
    const peers = openPeers()
    return {
      sections: [
        ...entries.map((entry) => networkSection(entry, peers)),
        ensembleSection,
        ...preparationSections,
      ],
      close: () => peers.close(),
    }
  },
}

const networkSection = (entry: Entry, peers: Peers): Section => ({
  name: `${entry.name}, batch ${entry.batchSize}`,
  run: async (options) => [
    ...(await rowsOf(
      { entry, threads: 1, runtimes: ['onnxruntime-node', 'onnxruntime-web'] },
      peers,
      options,
    )),
    ...(await rowsOf({ entry, threads: 2, runtimes: ['onnxruntime-node'] }, peers, options)),
  ],
})

interface Round {
  readonly entry: Entry
  readonly threads: number
  /** The first has aims. */
  readonly runtimes: readonly [OrtName, ...OrtName[]]
}

/** All take turns; then a row for each of our runtimes that loads, and one beside the products alone. */
async function rowsOf(
  { entry, threads, runtimes }: Round,
  peers: Peers,
  options: SuiteOptions,
): Promise<Row[]> {
  const work = workloadOf(entry)
  const contestants: Record<string, Contestant> = {}
  for (const name of runtimes) contestants[name] = await engineOn(name, threads, work)
  const others = await peers.contestants(work, threads, entry.slowBatch)
  if (entry.productsAim !== undefined) {
    contestants[PRODUCTS] = await productsAlone(await openRuntime({ threads }), work)
  }
  const results = await takeTurns({ ...contestants, ...others }, options)

  const row = (runtime: OrtName, name: string, beside: readonly string[], aims: readonly Aim[]): Row[] => {
    const ours = results[runtime]!
    if ('absent' in ours) {
      options.onNote(`${runtime} ${ours.absent}.`)
      return []
    }
    const peers = Object.fromEntries(beside.map((peer) => [peer, results[peer]!]))
    return [rowOf({ name, runtime, unit: 'samples/s', threads, aims }, ours.value, peers)]
  }
  const [first] = runtimes
  const peersOf = (runtime: OrtName): Row[] =>
    row(runtime, work.name, Object.keys(others), runtime === first ? entry.aims : [])
  const productsRow = (atLeast: number): Row[] =>
    row(first, `${work.name}: share of the runtime's peak`, [PRODUCTS], [{ of: PRODUCTS, atLeast }])
  return [
    ...runtimes.flatMap(peersOf),
    ...(entry.productsAim === undefined ? [] : productsRow(entry.productsAim)),
  ]
}
