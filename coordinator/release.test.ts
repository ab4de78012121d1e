import { beforeAll, describe, expect, it } from 'vitest'
import { encodeNetwork } from '#engine/checkpoint.ts'
import { initialise } from '#engine/network.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime, type Runtime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { emptyState, type Run } from '#federation/state.ts'
import { ready } from '#privacy/crypto.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import type { PublicData } from './datasets.ts'
import { releaseStudent } from './release.ts'

let runtime: Runtime
beforeAll(async () => {
  await ready
  runtime = await openRuntime()
})

const random = seededRandom('release')
const transfer = {
  rows: 3,
  features: 6,
  inputs: Float32Array.from({ length: 18 }, () => random.normal()),
  classes: ['low', 'high'],
}

const gate = { outcome: 'passed', findings: [], signOff: null, evidence: [], ignored: [] } as const

/** The names of the files released for a student of that shape, and the card's account of the exports. */
async function released(json: unknown) {
  const blobs = await openMemoryBlobs()
  const spec = parseSpec(json)
  const put = (text: string) => blobs.put(new TextEncoder().encode(text))
  const run = {
    run: 'run-1',
    startedAt: 0,
    plan: { student: spec, schemaHash: await put('{}'), seed: 1, privacy: { mode: 'masked' } },
    student: { networkHash: await blobs.put(encodeNetwork(initialise(spec, random))) },
    reportHash: await put('{}'),
    questions: [],
  } as unknown as Run
  const files = await releaseStudent(
    blobs,
    runtime,
    emptyState,
    run,
    { transfer } as unknown as PublicData,
    gate,
  )
  const card = files.find(({ name }) => name === 'card.json')!
  const { exports } = JSON.parse(new TextDecoder().decode(await blobs.get(card.hash))) as {
    exports: { largestDifference: Record<string, number> }
  }
  return {
    names: files.map(({ name }) => name),
    checked: Object.keys(exports.largestDifference),
  }
}

describe('a release', () => {
  const always = ['schema.json', 'report.json', 'card.json']

  it('holds the student as ONNX and for TensorFlow.js', async () => {
    const { names, checked } = await released({ kind: 'mlp', inputs: 6, hidden: [4], outputs: 2 })
    expect(names).toEqual(['student.onnx', 'model.json', 'weights.bin', ...always])
    expect(checked).toEqual(['student.onnx', 'model.json'])
  })

  it('holds it as ONNX alone where TensorFlow.js has no such layers', async () => {
    const size = { tokens: 3, width: 4, heads: 2, depth: 1, hidden: 4 }
    const { names, checked } = await released({ kind: 'transformer', inputs: 6, ...size, outputs: 2 })
    expect(names).toEqual(['student.onnx', ...always])
    expect(checked).toEqual(['student.onnx'])
  })
})
