/** The process of a TensorFlow.js peer: told its backend (cpu, wasm or node), it speaks `peer-process.ts`. */
import { createRequire } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { firstLine } from '#engine/errors.ts'
import { openTensorFlow, openTfjsNode, tfjsNodeModule } from '#engine/tfjs.ts'
import type { TensorFlow } from '#engine/tfjs.ts'
import { tfjsTrainer } from './tfjs-trainer.ts'
import type { TfjsTrainer, TfjsWork } from './tfjs-trainer.ts'

type Question = { seconds: number } | Encoded
type Encoded = Omit<TfjsWork, 'inputs' | 'targets' | 'parameters'> & {
  inputs: string
  targets: string
  parameters: (Omit<TfjsWork['parameters'][number], 'data'> & { data: string })[]
}

async function serve(backend: string): Promise<void> {
  const opened = await open(backend).catch((error: unknown) => ({ absent: firstLine(error) }))
  let trainer: TfjsTrainer | undefined
  for await (const line of createInterface({ input: process.stdin })) {
    const question = JSON.parse(line) as Question
    if ('absent' in opened) {
      reply(opened)
    } else if ('seconds' in question) {
      reply({ samplesPerSecond: turn(trainer!, question.seconds) })
    } else {
      trainer?.dispose()
      const fresh = (trainer = tfjsTrainer(opened, decoded(question)))
      try {
        reply({ version: opened.version_core, losses: [0, 0, 0].map((batch) => fresh.step(batch)) })
      } catch (error) {
        // No backend has every kernel.
        reply({ absent: firstLine(error) })
      }
    }
  }
}

/** Of tfjs-node, the one in the folder that COLLEGIUM_TFJS_NODE names, or the installed one. */
async function open(backend: string): Promise<TensorFlow> {
  if (backend === 'node') return openTfjsNode(tfjsNodeModule(process.env['COLLEGIUM_TFJS_NODE']))
  if (backend === 'node') return openTfjsNode(tfjsNodeModule(process.env['COLLEGIUM_TFJS_NODE']))
  const tf = await openTensorFlow()
  if (backend === 'wasm') {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
    const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
    setWasmPaths(`${path.dirname(entry)}${path.sep}`)
  }
  await tf.setBackend(backend)
  return tf
}

function turn(trainer: TfjsTrainer, seconds: number): number {
  trainer.step(0)
  let steps = 0
  const began = performance.now()
  while (performance.now() - began < 1000 * seconds) trainer.step(++steps % trainer.batches)
  return (steps * trainer.batchSize) / ((performance.now() - began) / 1000)
}

const reply = (answer: object): void => void process.stdout.write(`${JSON.stringify(answer)}\n`)

const decoded = (work: Encoded): TfjsWork => ({
  ...work,
  parameters: work.parameters.map((parameter) => ({ ...parameter, data: floatsIn(parameter.data) })),
  inputs: floatsIn(work.inputs),
  targets: floatsIn(work.targets),
})

const floatsIn = (text: string): Float32Array =>
  new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer)

await serve(process.argv[2]!)
