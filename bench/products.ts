/**
 * What a step cannot be faster than: its matrix products alone, in one graph, on the runtime that trains.
 *
 * A dense layer x [batch, k], w [k, m] costs three: x w, and of the derivative dy [batch, m] the weights' x^T dy and,
 * except for the first layer, the inputs' dy w^T. Here all are of given tensors, so that none waits for another,
 * and of each result one number is given back.
 */
import { input } from '#engine/expr.ts'
import type { Expr, Input } from '#engine/expr.ts'
import { layersOf } from '#engine/architectures.ts'
import { emitGraph, encodeModel } from '#engine/onnx/emit.ts'
import { matmul, slice } from '#engine/ops.ts'
import { seededRandom } from '#engine/random.ts'
import type { Runtime, Tensor } from '#engine/session/index.ts'
import { sizeOf } from '#engine/shape.ts'
import type { Contestant } from './harness.ts'
import { versionOf } from './machine.ts'
import type { Workload } from './workload.ts'

export const PRODUCTS = 'its products alone'

/** In samples per second: batches of products. */
export async function productsAlone(runtime: Runtime, work: Workload): Promise<Contestant> {
  const { inputs, outputs } = productsOf(work)
  const session = await runtime.load(encodeModel(emitGraph({ name: 'products', inputs, outputs })))
  const random = seededRandom('products')
  const feeds = Object.fromEntries(
    inputs.map(({ name, shape }): [string, Tensor] => {
      const data = Float32Array.from({ length: sizeOf(shape) }, () => random.normal())
      return [name, { data, shape: shape as number[] }]
    }),
  )
  return {
    version: await versionOf(runtime.name),
    async measure(seconds) {
      await session.run(feeds)
      let steps = 0
      const began = performance.now()
      while (performance.now() - began < 1000 * seconds) {
        await session.run(feeds)
        steps++
      }
      return (steps * work.batchSize) / ((performance.now() - began) / 1000)
    },
  }
}

function productsOf({ network, batchSize }: Workload): { inputs: Input[]; outputs: Record<string, Expr> } {
  const dense = layersOf(network.spec).filter((layer) => layer.kind === 'dense')
  const layers = dense.map(({ name, inputs: k, outputs: m }) => ({
    x: input(`${name}.x`, [batchSize, k]),
    w: input(`${name}.w`, [k, m]),
    dy: input(`${name}.dy`, [batchSize, m]),
  }))
  const products = layers.flatMap(({ x, w, dy }, i) => [
    matmul(x, w),
    matmul(x, dy, { transposeA: true }),
    ...(i > 0 ? [matmul(dy, w, { transposeB: true })] : []),
  ])
  const corner = (y: Expr): Expr => slice(slice(y, 0, 0, 1), 1, 0, 1)
  return {
    inputs: layers.flatMap(({ x, w, dy }) => [x, w, dy]),
    outputs: Object.fromEntries(products.map((y, i) => [`product.${i}`, corner(y)])),
  }
}
