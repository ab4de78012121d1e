/**
 * The one door to TensorFlow.js. Its plain CPU backend reads back what the engine exports and is the engine's
 * second opinion in tests; it is too slow to train with. tfjs-node, TensorFlow's own kernels, is used where it
 * loads.
 */
import type * as Core from '@tensorflow/tfjs-core'
import type * as Layers from '@tensorflow/tfjs-layers'

export type TensorFlow = typeof Core & { readonly layers: typeof Layers }
export type TfTensor = Core.Tensor
export type WeightSpec = Core.io.WeightsManifestEntry

export async function openTensorFlow(): Promise<TensorFlow> {
  const core = await import('@tensorflow/tfjs-core')
  // Otherwise the first tensor prints a banner about packages to install.
  core.enableProdMode()
  await import('@tensorflow/tfjs-backend-cpu')
  const layers = await import('@tensorflow/tfjs-layers')
  await core.setBackend('cpu')
  return { ...core, layers }
}

/** The module of a tfjs-node that lies in a folder of its own (docs/how-to-tfjs-node-offline.md), or of the installed one. */
export const tfjsNodeModule = (folder: string | undefined): string =>
  folder ? new URL('dist/index.js', `file://${encodeURI(folder)}/`).href : '@tensorflow/tfjs-node'

/** tfjs-node, with its backend `tensorflow` active. Rejects with the library's own error where it does not load. */
export async function openTfjsNode(module: string = tfjsNodeModule(undefined)): Promise<TensorFlow> {
  const core = await import('@tensorflow/tfjs-core')
  core.enableProdMode()
  await restoreNodeUtil()
  // A CommonJS module is the default export of itself, unless a loader has unwrapped it already.
  const loaded = (await import(/* @vite-ignore */ module)) as TensorFlow & { default?: TensorFlow }
  return loaded.default ?? loaded
}

/** tfjs-node 4.22 calls two functions that Node 23 took out of `util`. */
async function restoreNodeUtil(): Promise<void> {
  const { default: util } = await import('node:util')
  const gone = { isNullOrUndefined: (x: unknown) => x === null || x === undefined, isArray: Array.isArray }
  for (const [name, value] of Object.entries(gone))
    if (!(name in util)) Object.assign(util, { [name]: value })
}
