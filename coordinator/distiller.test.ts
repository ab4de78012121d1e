import { describe, expect, it } from 'vitest'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { encodeShare } from '#federation/share.ts'
import type { FederationState, Run } from '#federation/state.ts'
import { encodeManifest } from '#proto/manifest.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import { teachManifest } from '../test/support/wire-examples.ts'
import { decodeCheckpoint, encodeCheckpoint, folderScratch } from './checkpoint.ts'
import type { Scratch } from './checkpoint.ts'
import { distilRound, type Distilled } from './distiller.ts'

const runtime = await openRuntime()
const [rows, epochs] = [40, 12]
const random = seededRandom('distiller')
const transfer = {
  rows,
  features: 2,
  inputs: Float32Array.from({ length: 2 * rows }, () => random.normal()),
  classes: ['low', 'high'],
}

// Distilling never looks at the schema.
const publicData = { schema: {} as FeatureSchema, transfer }

/** A round whose sum is revealed: one site's probabilities, which rise with the first feature. */
async function aRound() {
  const blobs = await openMemoryBlobs()
  const share = {
    ...teachManifest.share,
    kind: 'probabilities',
    rows,
    outputs: 2,
    length: 2 * rows,
    scale: 65536,
  }
  const p = Array.from({ length: rows }, (_, row) => 1 / (1 + Math.exp(-3 * transfer.inputs[2 * row]!)))
  const manifest = {
    ...teachManifest,
    share,
    transfer: { ...teachManifest.transfer!, rows, firstRow: 0, rowCount: rows },
  }
  const sumHash = await blobs.put(
    encodeShare(
      share,
      p.flatMap((high) => [1 - high, high]),
      () => 0,
    ),
  )
  const question = {
    round: 0,
    purpose: 'teach',
    manifest: Buffer.from(encodeManifest(manifest)).toString('base64'),
    survivors: ['one'],
    sumHash,
  }
  const plan = {
    student: { kind: 'mlp', inputs: 2, hidden: [8], outputs: 2, activation: 'relu' },
    training: { epochs, batchSize: 8, learningRate: 0.02, weightDecay: 0.01 },
    rounds: 1,
    rule: 'mean-probability',
    temperature: share.temperature,
    alpha: 1,
    seed: 5,
  }
  const run = {
    run: 'run-1',
    plan,
    round: 0,
    generation: 0,
    questions: ['question-1'],
    reused: [],
  } as unknown as Run
  const state = { questions: { 'question-1': question } } as unknown as FederationState
  let now = 0
  const curves: number[] = []
  const distil = (
    scratch?: Scratch,
    signal = new AbortController().signal,
    onEpoch?: (epoch: number) => void,
    of = run,
  ) => {
    curves.length = 0
    const parts = {
      blobs,
      runtime,
      scratch,
      // Four seconds a look: a checkpoint every few epochs.
      clock: () => (now += 4000),
      onCurve(_run: string, curve: readonly { epoch: number }[]) {
        curves.push(curve.length)
        onEpoch?.(curve.at(-1)!.epoch)
      },
    }
    return distilRound(parts, state, of, publicData, signal)
  }
  const next = (student: Distilled) =>
    distil(undefined, undefined, undefined, { ...run, generation: 1, student: { ...student, generation: 0 } })
  return { distil, next, curves, run }
}

const memoryScratch = (): Scratch & { held?: Uint8Array } => ({
  read() {
    return Promise.resolve(this.held)
  },
  write(bytes) {
    this.held = bytes
    return Promise.resolve()
  },
  clear() {
    delete this.held
    return Promise.resolve()
  },
})

describe('a round of distillation', () => {
  it('of a further generation starts afresh and learns from the student before too', async () => {
    const { distil, curves, next } = await aRound()
    const first = await distil()
    expect(first.score).toBeUndefined() // nothing to compare it with, and no labels
    const second = await next(first)
    expect(second.networkHash).not.toBe(first.networkHash)
    // The curve goes on where that of the first ended.
    expect(curves.at(-1)).toBe(2 * epochs)
  })

  it('that was interrupted goes on from its checkpoint, to the same student and the same curve', async () => {
    const { distil, curves } = await aRound()
    const straight = await distil()
    expect(curves).toEqual(Array.from({ length: epochs }, (_, i) => i + 1))

    const scratch = memoryScratch()
    const died = new AbortController()
    const cut = distil(scratch, died.signal, (epoch) => (epoch === 9 ? died.abort() : undefined))
    await expect(cut).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' })
    const kept = decodeCheckpoint(scratch.held!, { run: 'run-1', round: 0, generation: 0 })!
    expect(kept.state.epoch).toBeGreaterThan(3)
    expect(kept.curve).toHaveLength(kept.state.epoch)

    const { networkHash, curveHash } = await distil(scratch)
    expect(curves[0]).toBe(kept.state.epoch + 1)
    expect([networkHash, curveHash]).toEqual([straight.networkHash, straight.curveHash])
    expect(scratch.held).toBeUndefined()
  })

  it('makes nothing of a checkpoint of another round, of damaged bytes, and of a disk that is full', async () => {
    const { distil, curves } = await aRound()
    const straight = await distil()
    const scratch = memoryScratch()
    await distil({
      ...scratch,
      clear: () => Promise.resolve(),
      write: () => Promise.reject(new Error('full')),
    })
    const none = { epoch: 0, parameters: new Float32Array(42), slots: [], unsettled: 0 }
    const state = { ...none, best: { epoch: 0, parameters: none.parameters } }
    const other = encodeCheckpoint({ run: 'run-1', round: 1, generation: 0, curve: [], state })
    for (const bytes of [other, other.subarray(0, 50), new Uint8Array()]) {
      const again = await distil({ ...memoryScratch(), read: () => Promise.resolve(bytes) })
      expect([curves[0], again.networkHash]).toEqual([1, straight.networkHash])
    }
  })
})

describe('a scratch folder', () => {
  it('keeps the latest bytes until it is cleared', async () => {
    const scratch = folderScratch(`${await tempFolder()}/training`)
    expect(await scratch.read()).toBeUndefined()
    await scratch.write(Uint8Array.of(1, 2))
    await scratch.write(Uint8Array.of(3))
    expect([...(await scratch.read())!]).toEqual([3])
    await scratch.clear()
    await scratch.clear()
    expect(await scratch.read()).toBeUndefined()
  })
})
