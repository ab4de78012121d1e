/** How long a training takes to begin: its graph written, and opened by the runtime. */
import { crossEntropy } from '#engine/losses.ts'
import { optimiserFrom } from '#engine/optimiser.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { trainingModel } from '#engine/training-graph.ts'
import { rowOf, takeTurns } from './harness.ts'
import type { Section } from './harness.ts'
import { BIG_MLP, RESNET_8 } from './networks.ts'

const subjects = [
  { ...BIG_MLP, atMost: 0.3 },
  { ...RESNET_8, atMost: 1 },
]

export const preparationSections: readonly Section[] = subjects.map(({ name, spec: json, atMost }) => ({
  name: `${name}, graph and session`,
  async run(options) {
    const runtime = await openRuntime()
    const spec = parseSpec(json)
    const widths = { inputs: spec.inputs, targets: spec.outputs }
    const measure = async (): Promise<number> => {
      const began = performance.now()
      const session = await runtime.load(trainingModel(spec, widths, crossEntropy, optimiserFrom()))
      const seconds = (performance.now() - began) / 1000
      await session.release()
      return seconds
    }
    const { ours } = await takeTurns({ ours: { version: '', measure } }, options)
    if ('absent' in ours) throw new Error(ours.absent)
    const aims = [{ of: 'ours', atMost }]
    return [rowOf({ name: this.name, unit: 'seconds', threads: 1, aims }, ours.value, {})]
  },
}))
