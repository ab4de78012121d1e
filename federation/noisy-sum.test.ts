import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToWords, decode, type Residue32 } from '#privacy/fixed-point.ts'
import { discreteGaussian } from '#privacy/noise/discrete-gaussian.ts'
import { ready } from '#privacy/crypto.ts'
import { wordStream } from '#privacy/masks.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { varianceZ } from '../test/support/goodness-of-fit.ts'
import { planNoise, siteNoiseOf } from './noise.ts'
import { encodeNoisySum, encodeShare } from './share.ts'

await ready

function manifest(members: number, rows: number): QuestionManifest {
  const run = { sites: 4, threshold: 3, members, classes: 2, items: rows, scale: 1024 }
  const promise = { epsilon: 3, delta: 1e-6 }
  return {
    roster: Array.from({ length: 4 }),
    threshold: 3,
    share: {
      kind: 'probabilities',
      rows,
      outputs: 2,
      length: rows * 2,
      scale: 1024,
      clip: 0,
      temperature: 1,
      heads: [],
    },
    privacy: {
      mode: 'pate',
      campaign: rows,
      promise: { ...promise, unit: 'record' },
      noise: planNoise(promise, run),
    },
  } as unknown as QuestionManifest
}
const seed = (n: number) => new Uint8Array(32).fill(n)
const halves = (rows: number) => new Float64Array(rows * 2).fill(0.5)

function sumOf(parts: readonly Uint8Array[]): Residue32 {
  const [first, ...rest] = parts.map(bytesToWords)
  for (const part of rest) part.forEach((word, i) => (first![i] = first![i]! + word))
  return first!
}

describe('noise by group', () => {
  it('is for each group what it would be for a federation of its size', () => {
    // 12 sites make three groups of 4, each with a threshold of 3; 14 make 5, 5 and 4.
    const run = { members: 10, classes: 2, items: 40, scale: 1024 }
    const promise = { epsilon: 3, delta: 1e-6 }
    const alone = planNoise(promise, { ...run, sites: 4, threshold: 3 })
    const groups = { smallest: 4 }
    expect(planNoise(promise, { ...run, sites: 12, threshold: 9, groups })).toEqual(alone)
    expect(planNoise(promise, { ...run, sites: 14, threshold: 10, groups })).toEqual(alone)

    const asked = (change: object) => siteNoiseOf({ ...manifest(10, 40), ...change })
    const twelve = { roster: Array.from({ length: 12 }), threshold: 9 }
    expect(asked({ ...twelve, groups })).toEqual(asked({}))
    expect(asked(twelve)).not.toEqual(asked({}))
  })
})

describe('a noisy sum', () => {
  it('is the sum of the sub-teachers and of the noise, to the unit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
        (ps) => {
          const asked = manifest(ps.length, 1)
          const members = ps.map((p) => [p, 1 - p])
          const noisy = sumOf([encodeNoisySum(asked, members, wordStream(seed(1)))])
          const draw = discreteGaussian(siteNoiseOf(asked)!, wordStream(seed(1)))
          const plain = sumOf(members.map((values) => encodeShare(asked.share, values, () => 0)))
          expect([...noisy].map((word, i) => (word - plain[i]!) | 0)).toEqual([draw(), draw()])
        },
      ),
      { numRuns: 50 },
    )
  })

  // Of 4 sites 3 are left, and one of them (4/5 rounded down, one at least) tells its part: 2 parts are unknown.
  it('hides behind noise of the promised variance under the most dropouts and colluders, and half would show', () => {
    const rows = 8000
    const asked = manifest(1, rows)
    const answers = [1, 2].map((n) => encodeNoisySum(asked, [halves(rows)], wordStream(seed(n))))
    // Two answers of one half each add up to 1; what is left is noise.
    const noise = [...decode(sumOf(answers), 1024)].map((value) => value - 1)
    const { stdDev } = asked.privacy.noise!
    expect(Math.abs(varianceZ(noise, stdDev ** 2))).toBeLessThan(4)
    expect(varianceZ(noise, stdDev ** 2 * 2)).toBeLessThan(-20)
  })
})
