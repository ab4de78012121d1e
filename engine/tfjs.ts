/**
 * The one door to TensorFlow.js: its layers on its plain CPU backend. It reads back what the engine exports and
 * is the engine's second opinion in tests; it is too slow to train with.
 */
import type * as Core from '@tensorflow/tfjs-core'
import type * as Layers from '@tensorflow/tfjs-layers'

export type TensorFlow = typeof Core & { readonly layers: typeof Layers }
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
