import * as ort from 'onnxruntime-node'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { trainingModel } from '#engine/training-graph.ts'
import { adam } from '#engine/optimiser.ts'
import { crossEntropy } from '#engine/losses.ts'
import { parameterCount } from '#engine/spec.ts'
import { initialise } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
const threads = Number(process.argv[2] ?? 1)
for (const [inputs, hidden, outputs, bs, rows] of [[64,[256,128],10,128,12800],[784,[512,256],10,64,6400]] as const) {
  const spec = { kind:'mlp' as const, inputs, hidden:[...hidden], outputs, activation:'relu' as const }
  const opt = adam()
  const model = trainingModel(spec, {inputs, targets: outputs}, crossEntropy, opt)
  const P = parameterCount(spec)
  const steps = rows/bs
  const r = seededRandom(1)
  const feeds = () => ({ steps: new ort.Tensor('int64', BigInt64Array.of(BigInt(steps)), []), parameters: new ort.Tensor('float32', initialise(spec, r).parameters, [P]), 'slot.0': new ort.Tensor('float32', new Float32Array(P), [P]), 'slot.1': new ort.Tensor('float32', new Float32Array(P), [P]), 'data.inputs': new ort.Tensor('float32', Float32Array.from({length: rows*inputs}, () => r.normal()), [rows, inputs]), 'data.targets': new ort.Tensor('float32', new Float32Array(rows*outputs).fill(0.1), [rows, outputs]), order: new ort.Tensor('int32', Int32Array.from({length: rows}, (_, i) => i), [rows]), offsets: new ort.Tensor('int64', BigInt64Array.from({length: steps+1}, (_, i) => BigInt(i*bs)), [steps+1]), scalars: new ort.Tensor('float32', new Float32Array(steps*3).fill(1e-3), [steps,3]) })
  for (const profile of [false, true]) {
    const s = await ort.InferenceSession.create(model, { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1, enableProfiling: profile, profileFilePrefix: '/tmp/ortprof', logSeverityLevel: 3, extra: { session: { intra_op: { allow_spinning: process.env.SPIN ?? '1' } } } } as never)
    const f = feeds()
    await s.run(f)
    const ts: number[] = []
    for (let i=0;i<7;i++){ const t=performance.now(); await s.run(f); ts.push(performance.now()-t) }
    ts.sort((a,b)=>a-b)
    console.log('profile', profile, 'samples/s median', Math.round(rows/ts[3]!*1000), 'best', Math.round(rows/ts[0]!*1000), 'us/step', (ts[0]!*1000/steps).toFixed(0))
    if (profile) {
      s.endProfiling(); await s.release()
      for (const f of readdirSync('/tmp').filter(f=>f.startsWith('ortprof'))) {
        const ev = JSON.parse(readFileSync('/tmp/'+f,'utf8')); rmSync('/tmp/'+f)
        const by = new Map<string,{n:number,us:number}>()
        for (const e of ev) if (e.cat==='Node' && e.name.endsWith('kernel_time') && !e.name.includes('Loop')) { const k=(process.argv[3]==='names'? e.name : e.args.op_name + ' ' + JSON.stringify(e.args.output_type_shape)); const o=by.get(k)??{n:0,us:0}; o.n++; o.us+=e.dur; by.set(k,o) }
        const n = 8*steps
        for (const [k,o] of [...by].sort((a,b)=>b[1].us-a[1].us).slice(0,28)) console.log((o.us/n).toFixed(1).padStart(8),'us/step', (o.n/n).toFixed(1), k.slice(0,120))
        console.log('sum', [...by.values()].reduce((a,b)=>a+b.us,0)/n, 'nodes', [...by.values()].reduce((a,b)=>a+b.n,0)/n)
      }
    }
  }
}
