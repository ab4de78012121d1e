import { describe, expect, it } from 'vitest'
import type { Dataset } from '#engine/data/dataset.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { computeEvaluationCounts, countsLength } from './evaluation-counts.ts'
import { bestRule, scoreRules, scoresOfCounts, type RuleScore } from './selection.ts'

const runtime = await openRuntime({ threads: 1 })

/** Points of the plane; class 1 lies above the line y = x. Every third row has no label. */
function plane(rows: number): Dataset & { labels: Int32Array } {
  const random = seededRandom('plane')
  const inputs = Float32Array.from({ length: 2 * rows }, () => random.normal())
  const labels = Int32Array.from({ length: rows }, (_, row) =>
    row % 3 === 0 ? -1 : Number(inputs[2 * row + 1]! > inputs[2 * row]!),
  )
  return { rows, features: 2, inputs, labels, classes: ['below', 'above'] }
}

const score = (rule: RuleScore['rule'], nll: number, calibratedNll: number): RuleScore => ({
  rule,
  accuracy: 0,
  nll,
  calibratedNll,
})

describe('scoresOfCounts', () => {
  // ln 3 and 0: three to one for the first class, which the first row has and the second has not.
  const logits = Float32Array.of(Math.log(3), 0, Math.log(3), 0)
  const input = { logits, rows: 2, classes: 2, temperature: 1, clip: 0 }
  const sound = computeEvaluationCounts({ ...input, labels: Int32Array.of(0, 0) })
  const half = computeEvaluationCounts({ ...input, labels: Int32Array.of(0, 1) })

  it('finds each candidate its student, which it may share, and has log-loss alone decide', () => {
    const counts = new Float64Array(2 * countsLength(2))
    counts.set(half)
    counts.set(sound, countsLength(2))
    const { items, scores } = scoresOfCounts(
      [
        { rule: 'era', networkHash: 'b' },
        { rule: 'votes', networkHash: 'a' },
        { rule: 'mean-logit', networkHash: 'b' },
      ],
      { counts, networks: ['a', 'b'], classes: 2 },
    )
    expect(items).toBe(2)
    expect(scores.map(({ rule, accuracy }) => [rule, accuracy])).toEqual([
      ['era', 1],
      ['votes', 0.5],
      ['mean-logit', 1],
    ])
    expect(scores[0]!.nll).toBeCloseTo(Math.log(4 / 3), 6)
    expect(scores[1]!.nll).toBeCloseTo((Math.log(4 / 3) + Math.log(4)) / 2, 6)
    expect(bestRule(scores).rule).toBe('era')
  })
})

describe('scoreRules', () => {
  it('finds the rule whose targets teach the labels, and uses no label to teach', async () => {
    const items = plane(300)
    const above = (row: number) => items.inputs[2 * row + 1]! > items.inputs[2 * row]!
    const targets = (sure: (row: number) => number) =>
      Float32Array.from({ length: 600 }, (_, i) => (i % 2 === 1 ? sure(i >> 1) : 1 - sure(i >> 1)))
    const job = {
      student: parseSpec({ kind: 'mlp', inputs: 2, hidden: [], outputs: 2 }),
      items,
      candidates: [
        { rule: 'mean-probability' as const, targets: targets(() => 0.5) },
        { rule: 'era' as const, targets: targets((row) => (above(row) ? 0.9 : 0.1)) },
        { rule: 'mean-logit' as const, targets: targets((row) => (above(row) ? 0.1 : 0.9)) },
      ],
      temperature: 1,
      training: { epochs: 50, batchSize: 32, learningRate: 0.01, weightDecay: 0 },
      validation: 1000,
      seed: 1,
    }
    const scores = await scoreRules(runtime, job)
    expect(scores.map(({ rule }) => rule)).toEqual(['mean-probability', 'era', 'mean-logit'])
    const [vague, right, wrong] = scores
    expect(right!.accuracy).toBeGreaterThan(0.95)
    expect(wrong!.accuracy).toBeLessThan(0.05)
    expect(vague!.nll).toBeCloseTo(Math.log(2), 1)
    // Right in nearly all items, and told to be as sure as that; turned around, no temperature helps it.
    expect(right!.calibratedNll).toBeLessThan(right!.nll)
    expect(wrong!.calibratedNll).toBeGreaterThan(Math.log(2) - 0.01)
    expect(bestRule(scores).rule).toBe('era')
    // Labels turned around turn the scores around: had they taught anything, they would be right again.
    const turned = { ...items, labels: items.labels.map((label) => (label < 0 ? -1 : 1 - label)) }
    const [, opposite] = await scoreRules(runtime, { ...job, items: turned })
    expect(opposite!.accuracy).toBeCloseTo(1 - right!.accuracy, 12)
  })
})

describe('bestRule', () => {
  it('prefers the student that knows more to one that is a little more honest', () => {
    // .61 + .55 = 1.16 of .60 + .60 = 1.20.
    expect(bestRule([score('prior-corrected', 0.6, 0.6), score('era', 0.61, 0.55)]).rule).toBe('era')
  })

  it('does not take one that calls every guess certain for knowing hardly more', () => {
    // 1 + .50 = 1.50 of .52 + .51 = 1.03.
    expect(bestRule([score('era', 1, 0.5), score('mean-probability', 0.52, 0.51)]).rule).toBe(
      'mean-probability',
    )
  })

  it('is the first of equals', () => {
    expect(bestRule([score('era', 0.5, 0.4), score('mean-probability', 0.5, 0.4)]).rule).toBe('era')
  })
})
