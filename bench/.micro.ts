import * as ort from 'onnxruntime-node'
import { input, constant, scalar, apply } from '#engine/expr.ts'
import type { Expr } from '#engine/expr.ts'
import * as o from '#engine/ops.ts'
import { emitGraph, encodeModel } from '#engine/onnx/emit.ts'
async function time(name: string, f: (x: Expr) => Expr, shape: number[], sym = true) {
  const x = input('x', sym ? ['n', ...shape.slice(1)] : shape)
  // chain many copies
  const N = 50
  const outs: Record<string, Expr> = {}
  for (let i=0;i<N;i++) outs['y'+i] = f(o.add(x, i+1))
  const base: Record<string, Expr> = {}
  for (let i=0;i<N;i++) base['y'+i] = o.slice(o.reshape(o.add(x,i+1), x.shape),1,0,1)
  const run = async (outs: Record<string,Expr>) => {
    const s = await ort.InferenceSession.create(encodeModel(emitGraph({name:'g',inputs:[x],outputs:outs})), {intraOpNumThreads:1, executionProviders:['cpu']})
    const feeds = { x: new ort.Tensor('float32', new Float32Array(shape.reduce((a,b)=>a*b)).fill(0.5), shape) }
    const ts=[]; for (let i=0;i<60;i++){ const t=performance.now(); await s.run(feeds); ts.push(performance.now()-t)}
    ts.sort((a,b)=>a-b); return ts[5]!*1000/N
  }
  console.log(name, shape, (await run(outs)).toFixed(1), 'base', (await run(base)).toFixed(1))
}
const ones = (n: Expr) => o.matmul(o.expandLike(scalar(1), o.slice(n,1,0,1)), n, {transposeA:true})
for (const sh of [[128,256],[128,128],[64,512],[128,10]]) {
  await time('reduceSum0', x=>o.sum(x,[0]), sh)
  await time('reduceMean0', x=>o.mean(x,[0]), sh)
  await time('ones-gemm', ones, sh)
}
await time('sum -1', x=>o.sum(x,[-1]), [128,10])
await time('sum -1 keep', x=>o.sum(x,[-1],{keepDims:true}), [128,10])
await time('sum gemm', x=>o.matmul(x, constant(new Float32Array(10).fill(1),[10,1])), [128,10])
await time('relu grad', x=>o.mul(x, o.isPositive(x)), [128,256])
