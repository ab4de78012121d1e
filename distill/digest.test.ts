import { describe, expect, it } from 'vitest'
import { subset, type Dataset } from '#engine/data/dataset.ts'
import { predictLogits } from '#engine/infer.ts'
import type { Network } from '#engine/network.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { decodeDigest, encodeDigest } from './digest-file.ts'
import { digest } from './digest.ts'
import { softmaxRows } from './softmax.ts'

const runtime = await openRuntime({ threads: 1 })
const spec = parseSpec({ kind: 'mlp', inputs: 2, hidden: [], outputs: 2 })
/** Knows nothing: every class is as likely everywhere. */
const blank: Network = { spec, parameters: new Float32Array(6) }

/** Public items at (1, 0), of which the sites say 9 to 1 that they are of class 1. */
const items = 32
const inputs = Float32Array.from({ length: 2 * items }, (_, i) => (i % 2 === 0 ? 1 : 0))
const targets = Float32Array.from({ length: 2 * items }, (_, i) => (i % 2 === 0 ? 0.1 : 0.9))
/** Own rows at (0, 1), all of class 0. */
const own: Dataset & { labels: Int32Array } = {
  rows: 64,
  features: 2,
  inputs: Float32Array.from({ length: 128 }, (_, i) => i % 2),
  labels: new Int32Array(64),
  classes: ['low', 'high'],
}

/** Of class 1, at (1, 0) and at (0, 1). */
async function highAt(network: Network, temperature = 1): Promise<[number, number]> {
  const logits = await predictLogits(runtime, network, Float32Array.of(1, 0, 0, 1), 2)
  const [, first = 0, , second = 0] = softmaxRows(logits, 2, temperature)
  return [first, second]
}

describe('a teacher that digests', () => {
  const job = { network: blank, inputs, targets, temperature: 1, epochs: 1000, seed: 1 }

  it('comes to say what the sites say of public items, at the temperature at which they said it', async () => {
    // Four parameters move half a rate a step, as it falls to 0: 0.5 x 0.001 x 3000 = 1.5 each, where 1.1 are needed.
    const epochs = 3000
    expect((await highAt(await digest(runtime, { ...job, epochs })))[0]).toBeCloseTo(0.9, 1)
    const soft = await digest(runtime, { ...job, epochs, temperature: 2 })
    expect((await highAt(soft, 2))[0]).toBeCloseTo(0.9, 1)
    // Odds of 9 at temperature 2 are odds of 81 at 1.
    expect((await highAt(soft))[0]).toBeGreaterThan(0.95)
  })

  it('goes on learning from its own rows, where it may see them', async () => {
    const [open, own1] = await highAt(await digest(runtime, { ...job, own }))
    expect(open).toBeGreaterThan(0.7)
    expect(own1).toBeLessThan(0.3)
    // Without them, (0, 1) is told from (1, 0) by the bias alone, which has learnt class 1.
    expect((await highAt(await digest(runtime, job)))[1]).toBeGreaterThan(0.5)
  })

  it('leaves out nothing of what it is given, and the network as it was', async () => {
    const before = [...blank.parameters]
    const two = subset({ ...own, labels: own.labels }, [0, 1]) as typeof own
    const learnt = await digest(runtime, { ...job, own: two, epochs: 1 })
    expect([...blank.parameters]).toEqual(before)
    expect([...learnt.parameters]).not.toEqual(before)
    expect(learnt.parameters.every(Number.isFinite)).toBe(true)
    const again = await digest(runtime, { ...job, own: two, epochs: 1 })
    expect([...again.parameters]).toEqual([...learnt.parameters]) // a site that restarts says the same
  })
})

describe('the file that is digested', () => {
  const file = { items: [0, 7, 2 ** 24 - 1], targets: Float32Array.of(0.25, 0.75, 1, 0, 0.5, 0.5) }

  it('comes back as it was', () => {
    expect(decodeDigest(encodeDigest(file), 2 ** 24, 2)).toEqual(file)
  })

  it.each<[string, Partial<typeof file>, number, number]>([
    ['an item beyond the transfer set', {}, 2 ** 24 - 1, 2],
    ['an item that is no row', { items: [0, 7, 1.5] }, 2 ** 24, 2],
    ['an item before the first', { items: [0, 7, -1] }, 2 ** 24, 2],
    ['other classes', {}, 2 ** 24, 3],
    ['a target that is no probability', { targets: Float32Array.of(0, 2, 1, 0, 1, 0) }, 2 ** 24, 2],
    ['a target that is no number', { targets: Float32Array.of(NaN, 1, 1, 0, 1, 0) }, 2 ** 24, 2],
  ])('is refused with %s', (_, change, rows, classes) => {
    const bytes = encodeDigest({ ...file, ...change })
    expect(() => decodeDigest(bytes, rows, classes)).toThrow(/^This is not a file of soft targets/)
  })

  it('is refused when it is something else', () => {
    expect(() => decodeDigest(new Uint8Array(4), 9, 2)).toThrow(/^This is not a file of soft targets/)
  })
})
