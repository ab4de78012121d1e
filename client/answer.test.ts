import { beforeAll, describe, expect, it } from 'vitest'
import { encodeNetwork } from '#engine/checkpoint.ts'
import { featureSchemaSchema } from '#engine/data/schema.ts'
import { openRuntime, type Runtime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { bytesToWords, decode } from '#privacy/fixed-point.ts'
import { ready } from '#privacy/crypto.ts'
import { itemsOf } from '#proto/items.ts'
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
    classes: [
      { name: 'low', values: ['0'] },
      { name: 'high', values: ['1'] },
    ],
  },
})
const transfer = new TextEncoder().encode('x\n1\n2\n3\n')
/** logit = [0, x ln 3]: p(high) is 3/4 at x = 1, and 1/4 at x = -1. */
const spec = parseSpec({ kind: 'mlp', inputs: 1, hidden: [], outputs: 2 })
const student = encodeNetwork({ spec, parameters: Float32Array.of(0, Math.log(3), 0, 0) })
const contrary = encodeNetwork({ spec, parameters: Float32Array.of(Math.log(3), 0, 0, 0) })
const blobs = new Map([
  ['a'.repeat(64), transfer],
  ['b'.repeat(64), student],
  ['c'.repeat(64), contrary],
])

function answerer(
  logits: (inputs: Float32Array) => number[],
  rows: readonly [x: number, label: number][] = [],
  own: readonly [x: number, label: number][] = [],
) {
  return createAnswerer({
    runtime,
    fetchBlob: async (wanted) => blobs.get(wanted)!,
    schema,
    random: (length) => new Uint8Array(length),
    teacher: {
      kind: 'test',
      networkHash: '',
      logits: async (inputs) => Float32Array.from(logits(inputs)),
      release: async () => undefined,
    },
    sideInputs: createSideInputs(runtime, datasetOf(own), schema),
    training: datasetOf(own),
    validation: datasetOf(rows),
  })
}

const datasetOf = (rows: readonly [x: number, label: number][]) => ({
  rows: rows.length,
  features: 1,
  inputs: Float32Array.from(rows, ([x]) => x),
  labels: Int32Array.from(rows, ([, label]) => label),
  classes: ['low', 'high'],
})

const about = {
  version: 1,
  federation: 'f'.repeat(64),
  run: 'run-1',
  round: 0,
  roster: [{ site: 'north', publicKey: '1'.repeat(64) }],
  threshold: 1,
  schemaHash: '5'.repeat(64),
  privacy: { mode: 'plain', campaign: 40 },
  openedAtMs: 1,
  expiresAtMs: 2,
  nonce: 1,
  studentHashes: [],
  revoked: [],
}
const teach = (share: Partial<QuestionManifest['share']> = {}): QuestionManifest => ({
  ...about,
  purpose: 'teach',
  share: {
    kind: 'probabilities',
    rows: 2,
    outputs: 2,
    length: 4,
    scale: 1000,
    clip: 0,
    temperature: 1,
    heads: [],
    ...share,
  },
  transfer: { hash: 'a'.repeat(64), format: 'csv', rows: 3, firstRow: 1, rowCount: 2 },
})
const evaluate = (scale = 256, studentHashes = ['b'.repeat(64)]): QuestionManifest => ({
  ...about,
  purpose: 'evaluate',
  share: {
    kind: 'evaluation-counts',
    rows: studentHashes.length,
    outputs: 2,
    length: 180 * studentHashes.length,
    scale,
    clip: 0,
    temperature: 1,
    heads: [],
  },
  studentHashes,
})

describe('an answer that teaches', () => {
  it('holds the softened probabilities of exactly the rows asked about', async () => {
    const seen: number[] = []
    const answer = answerer((inputs) => (seen.push(...inputs), [0, Math.log(3), Math.log(4), 0]))
    const { share, items, subjectHash } = await answer(teach())
    expect(seen).toEqual([2, 3])
    expect([...decode(bytesToWords(share), 1000)]).toEqual([0.25, 0.75, 0.8, 0.2])
    expect({ items, subjectHash }).toEqual({ items: 2, subjectHash: 'a'.repeat(64) })
  })

  it('leaves out the rows between those asked about', async () => {
    const seen: number[] = []
    const answer = answerer((inputs) => (seen.push(...inputs), [0, 0, 0, 0]))
    const question = teach()
    const { items } = await answer({ ...question, transfer: { ...question.transfer!, ...itemsOf([0, 2]) } })
    expect([seen, items]).toEqual([[1, 3], 2])
  })

  it('divides logits by the temperature of the question', async () => {
    // 2 ln 3 at temperature 2 is ln 3.
    const answer = answerer(() => [0, 2 * Math.log(3), 0, 0])
    const { share } = await answer(teach({ temperature: 2 }))
    expect([...decode(bytesToWords(share), 1000)]).toEqual([0.25, 0.75, 0.5, 0.5])
  })

  it('as log-probabilities is centred and clipped', async () => {
    const answer = answerer(() => [0, 1, 0, 100])
    const spec = { kind: 'log-probabilities', clip: 4 }
    const { share } = await answer(teach(spec))
    expect([...decode(bytesToWords(share), 1000)]).toEqual([-0.5, 0.5, -4, 4])
  })

  it('holds several kinds behind each other, some of them from the rows of the site', async () => {
    // Own rows at 2 alone, three in four of them high: item 2 is inside their radius, item 3 outside (weight 2^-8).
    const own: [number, number][] = [[2, 1], [2, 1], [2, 1], [2, 0]] // prettier-ignore
    const answer = answerer(() => [0, Math.log(3), Math.log(4), 0], [], own)
    const kind = 'probabilities+class-weighted+radius-gated'
    const { share } = await answer(teach({ kind, length: 4 + 6 + 4, scale: 2 ** 16 }))
    const values = [...decode(bytesToWords(share), 2 ** 16)]
    const expected = [
      [0.25, 0.75, 0.8, 0.2],
      [0.25 * 0.25, 0.75 * 0.75, 0.25 * 0.8, 0.75 * 0.2, 0.25, 0.75],
      [0.25, 0.75, 0.8 / 256, 0.2 / 256],
    ].flat()
    values.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4))
  })

  it('is refused where it would be computed from rows that the site has not', async () => {
    const answer = answerer(() => [0, 0, 0, 0])
    await expect(answer(teach({ kind: 'density-ratio' }))).rejects.toMatchObject({ code: 'POLICY_REFUSED' })
  })

  it.each([NaN, Infinity])('never holds %d', async (bad) => {
    const answer = answerer(() => [0, bad, 0, 0])
    await expect(answer(teach())).rejects.toEqual(expect.objectContaining({ code: 'SHARE_RANGE' }))
  })
})

describe('an answer that measures', () => {
  const rows = [
    [1, 1],
    [1, 0],
    [-1, 0],
    [-1, 0],
  ] as const

  it('counts what the student gets right and wrong on our rows', async () => {
    const { share, items } = await answerer(
      () => [],
      rows.map(([x, y]) => [x, y]),
    )(evaluate())
    // label low: one called high, two called low; label high: one called high.
    expect([...decode(bytesToWords(share), 256)].slice(0, 4)).toEqual([2, 1, 0, 1])
    expect(items).toBe(4)
  })

  it('counts several students on the same rows, one behind the other', async () => {
    const { share, items, subjectHash, furtherSubjects } = await answerer(
      () => [],
      rows.map(([x, y]) => [x, y]),
    )(evaluate(256, ['b'.repeat(64), 'c'.repeat(64)]))
    const counts = [...decode(bytesToWords(share), 256)]
    expect(counts).toHaveLength(360)
    expect(counts.slice(0, 4)).toEqual([2, 1, 0, 1])
    // The other student says the opposite of each row.
    expect(counts.slice(180, 184)).toEqual([1, 2, 1, 0])
    expect({ items, subjectHash, furtherSubjects }).toEqual({
      items: 4,
      subjectHash: 'b'.repeat(64),
      furtherSubjects: ['c'.repeat(64)],
    })
  })

  it('takes fewer rows, evenly spread, where a sum of all could wrap', async () => {
    // 1 site x 16 nats x scale x rows < 2^31: at scale 2^26 one row fits, 2 would make exactly 2^31.
    const { share, items } = await answerer(
      () => [],
      rows.map(([x, y]) => [x, y]),
    )(evaluate(2 ** 26))
    expect(items).toBe(1)
    expect([...decode(bytesToWords(share), 2 ** 26)].slice(0, 4)).toEqual([0, 0, 0, 1]) // the first row
  })
})
