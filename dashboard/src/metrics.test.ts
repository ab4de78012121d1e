import { describe, expect, it } from 'vitest'
import type { ArmView } from '#proto/snapshot.ts'
import { bestOf, metricsOf, rankArms, stripScale } from './metrics.ts'

const arm = (name: string, kind: ArmView['kind'], metrics: ArmView['metrics']): ArmView => ({
  name,
  kind,
  metrics,
})
const arms = [
  arm('north', 'teacher', { nll: 0.9, accuracy: 0.7 }),
  arm('south', 'teacher', { nll: 0.7, accuracy: 0.8 }),
  arm('west', 'teacher', { nll: null, accuracy: null }),
  arm('pooled', 'pooled', { nll: 0.4, accuracy: 0.9 }),
  arm('student', 'student', { nll: 0.5, accuracy: 0.85, novelty: 1, auprcBaseline: 0.4 }),
]

describe('metrics', () => {
  it('lists known metrics first and unknown ones under their own names', () =>
    expect(metricsOf(arms)).toEqual(['accuracy', 'nll', 'novelty']))

  it('knows which way is better, and passes over undefined values', () => {
    expect(bestOf(arms, 'accuracy')).toBe(0.9)
    expect(bestOf(arms, 'nll')).toBe(0.4)
    expect(bestOf([arms[2]!], 'nll')).toBeUndefined()
  })

  it.each(['accuracy', 'nll'])('ranks teachers from best to worst by %s, the undefined last', (metric) =>
    expect(rankArms(arms, metric).map(({ name }) => name)).toEqual([
      'student',
      'pooled',
      'south',
      'north',
      'west',
    ]),
  )

  it('keeps arms without any value in order', () =>
    expect(rankArms([arms[2]!, { ...arms[2]!, name: 'east' }], 'nll').map(({ name }) => name)).toEqual([
      'west',
      'east',
    ]))

  it('widens a scale outwards to twentieths', () => {
    // 0.747 / 0.05 = 14.94 -> 14 -> 0.70; 0.874 / 0.05 = 17.48 -> 18 -> 0.90
    expect(stripScale([0.874, 0.747])).toEqual([0.7, 0.9])
    expect(stripScale([0.85, 0.9])).toEqual([0.85, 0.9])
    expect(stripScale([0.9])).toEqual([0.85, 0.9500000000000001])
  })
})
