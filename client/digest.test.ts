import { describe, expect, it } from 'vitest'
import { encodeDigest } from '#distill/digest-file.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import { openPredictor } from '#engine/infer.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { digestManifest } from '../test/support/wire-examples.ts'
import { createDigester } from './digest.ts'
import { teacherOf, type Learner, type Teacher } from './teacher/teacher.ts'

const runtime = await openRuntime({ threads: 1 })
const network = {
  spec: parseSpec({ kind: 'mlp', inputs: 1, hidden: [], outputs: 2 }),
  parameters: new Float32Array(4),
}
/** Ten rows at 1; the sites are sure that each is of the second class, this site's own rows say the first. */
const rows = (label?: number): Dataset => ({
  rows: 10,
  features: 1,
  inputs: new Float32Array(10).fill(1),
  classes: ['low', 'high'],
  ...(label !== undefined && { labels: new Int32Array(10).fill(label) }),
})
const file = encodeDigest({
  items: [0, 1, 2, 3, 4],
  targets: Float32Array.from({ length: 10 }, (_, i) => i % 2),
})

async function leadOf(learner?: Omit<Learner, 'network'>, manifest = digestManifest): Promise<number> {
  const plain: Teacher = teacherOf('mlp', await openPredictor(runtime, network), 'hash')
  const teacher = learner ? { ...plain, learner: { ...learner, network } } : plain
  const parts = { runtime, teacher, training: rows(0), fetchBlob: () => Promise.resolve(file) }
  const lend = createDigester(parts)
  return lend(manifest, rows(), async (lent) => {
    const [low = 0, high = 0] = await lent.logits(Float32Array.of(1), 1)
    return high - low
  })
}

describe('the teacher that answers', () => {
  it('has taken in what the question brings, against its own rows or without them', async () => {
    const alone = await leadOf({ seesOwnRows: false })
    expect(alone).toBeGreaterThan(0.005)
    expect(await leadOf({ seesOwnRows: true })).toBeLessThan(alone)
  })

  it('answers as it is where it cannot learn, and where there is nothing to learn', async () => {
    const { digest: _digest, ...first } = digestManifest
    expect(await leadOf()).toBe(0)
    expect(await leadOf({ seesOwnRows: true }, first)).toBe(0)
  })
})
