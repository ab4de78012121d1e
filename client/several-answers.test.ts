/** Answers about several targets: what the schema predicts is what a question may ask for, and nothing else leaves. */
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeNetwork } from '#engine/checkpoint.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { readData } from '#engine/data/read.ts'
import { featureSchemaSchema } from '#engine/data/schema.ts'
import { openRuntime, type Runtime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { bytesToWords, decode } from '#privacy/fixed-point.ts'
import { ready } from '#privacy/crypto.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { createAnswerer } from './answer.ts'
import { createSideInputs } from './share-values.ts'

let runtime: Runtime
beforeAll(async () => {
  await ready
  runtime = await openRuntime()
})

const schema = featureSchemaSchema.parse({
  version: 1,
  features: { kind: 'table', columns: [{ name: 'x', kind: 'numeric', center: 0, spread: 1 }] },
  target: {
    kind: 'several',
    targets: [
      {
        name: 'risk',
        target: {
          column: 'risk',
          classes: [
            { name: 'low', values: ['0'] },
            { name: 'high', values: ['1'] },
          ],
        },
      },
      { name: 'pulse', target: { kind: 'numeric', column: 'pulse', center: 100, spread: 20 } },
    ],
  },
})
const bytesOf = (text: string) => new TextEncoder().encode(text)
/** Whatever x is: odds 1 : 3, and a standard normal distribution. */
const spec = parseSpec({ kind: 'mlp', inputs: 1, hidden: [], outputs: 4 })
const student = encodeNetwork({ spec, parameters: Float32Array.of(0, 0, 0, 0, 0, Math.log(3), 0, 0) })
const blobs = new Map([
  ['a'.repeat(64), bytesOf('x\n1\n2\n')],
  ['b'.repeat(64), student],
])

function answerer(logits: readonly number[], rows: Dataset) {
  return createAnswerer({
    runtime,
    fetchBlob: async (wanted) => blobs.get(wanted)!,
    schema,
    random: (length) => new Uint8Array(length),
    teacher: {
      kind: 'test',
      networkHash: '',
      logits: async () => Float32Array.from(logits),
      release: async () => undefined,
    },
    sideInputs: createSideInputs(runtime, rows, schema),
    training: rows,
    validation: rows,
  })
}
/** The first row has no number, the last no class. */
const own = encodeDataset(
  schema,
  readData({ format: 'csv', bytes: bytesOf('x,risk,pulse\n1,1,?\n1,0,100\n1,1,120\n1,?,80\n') }),
  { labels: 'required' },
)

const base: QuestionManifest = {
  version: 1,
  federation: 'f'.repeat(64),
  run: 'run-1',
  round: 0,
  purpose: 'teach',
  roster: [{ site: 'north', publicKey: '1'.repeat(64) }],
  threshold: 1,
  share: {
    kind: 'probabilities;gaussian-moments',
    rows: 2,
    outputs: 4,
    length: 8,
    scale: 1000,
    clip: 0,
    temperature: 1,
    heads: [2, 2],
  },
  transfer: { hash: 'a'.repeat(64), format: 'csv', rows: 2, firstRow: 0, rowCount: 2 },
  schemaHash: '5'.repeat(64),
  privacy: { mode: 'plain', campaign: 40 },
  openedAtMs: 1,
  expiresAtMs: 2,
  nonce: 1,
  studentHashes: [],
  revoked: [],
}
const asking = (share: Partial<QuestionManifest['share']>): QuestionManifest => ({
  ...base,
  share: { ...base.share, ...share },
})
const said = [0, Math.log(3), 0.5, 0, Math.log(4), 0, -1, 0]

describe('an answer about several targets', () => {
  it('holds what each head says, one behind the other', async () => {
    const { share, items } = await answerer(said, own)(base)
    // Means .5 and -1 with a variance of 1: second moments 1.25 and 2.
    expect([...decode(bytesToWords(share), 1000)]).toEqual([0.25, 0.75, 0.8, 0.2, 0.5, 1.25, -1, 2])
    expect(items).toBe(2)
  })

  it.each<[string, Partial<QuestionManifest['share']>]>([
    ['one target', { kind: 'probabilities', heads: [] }],
    ['targets in another order', { kind: 'gaussian-moments;probabilities' }],
    ['classes alone', { kind: 'probabilities;probabilities' }],
    ['other widths', { kind: 'probabilities;gaussian-moments', heads: [1, 3] }],
    ['a target more', { kind: 'probabilities;gaussian-moments;votes', heads: [2, 1, 1] }],
  ])('is not made for a question about %s', async (_, share) => {
    await expect(answerer(said, own)(asking(share))).rejects.toMatchObject({
      code: 'MANIFEST_INVALID',
      message: expect.stringMatching(/^A share of .* does not fit what the schema says is predicted\.$/),
    })
  })

  it('that measures counts of each target the rows that have it', async () => {
    const { transfer: _, ...about } = asking({
      kind: 'evaluation-counts;regression-counts',
      rows: 1,
      length: 187,
      scale: 4096,
    })
    const measure = answerer([], own)
    const { share, items } = await measure({
      ...about,
      purpose: 'evaluate',
      studentHashes: ['b'.repeat(64)],
    })
    const counts = [...decode(bytesToWords(share), 4096)]
    // The student says high each time: of three rows one is low.
    expect(counts.slice(0, 4)).toEqual([0, 1, 0, 2])
    // Three rows, 0, 1 and 1 spreads off: squares 2, absolutes 2.
    expect(counts.slice(180, 183)).toEqual([3, 2, 2])
    expect(items).toBe(4)
  })
})
