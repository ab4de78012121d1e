/** Every runtime that the engine can be opened on, and which of them this machine has. */
import { openRuntime, type Runtime, type RuntimeName } from '#engine/session/index.ts'
import { tfjsNodeModule } from '#engine/tfjs.ts'

const names: readonly RuntimeName[] = ['onnxruntime-node', 'onnxruntime-web', 'tfjs-cpu', 'tfjs-node']

/** Optional: it takes a native library that npm alone does not bring (docs/how-to-tfjs-node-offline.md). */
const optional: readonly RuntimeName[] = ['tfjs-node']

/** A runtime by name, or why it is absent. */
export type Contender =
  | { readonly name: RuntimeName; readonly runtime: Runtime }
  | { readonly name: RuntimeName; readonly absent: string }

async function contender(name: RuntimeName): Promise<Contender> {
  let absent: string | undefined
  const tfjsNode = tfjsNodeModule(process.env['COLLEGIUM_TFJS_NODE'])
  const runtime = await openRuntime({ prefer: name, tfjsNode, onFallback: (line) => (absent = line) })
  if (absent === undefined) return { name, runtime }
  if (!optional.includes(name)) throw new Error(absent)
  return { name, absent }
}

export async function openEveryRuntime(): Promise<Contender[]> {
  const all: Contender[] = []
  for (const name of names) all.push(await contender(name))
  return all
}

export const present = (all: readonly Contender[]): { name: RuntimeName; runtime: Runtime }[] =>
  all.filter((one) => 'runtime' in one)
