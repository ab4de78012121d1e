import { describe, expect, it } from 'vitest'
import type { ArmView } from '#proto/snapshot.ts'
import { bestOf, direction, metricName, metricsOf, rankArms, stripScale, summary } from './metrics.ts'

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

  it('compares the student with the best lone teacher', () =>
    expect(summary(arms)).toBe('student accuracy 0.850, best lone teacher 0.800'))

  describe('of several targets', () => {
    const several = [
      arm('student', 'student', {
        nll: 5,
        'angina accuracy': 0.8,
        'NT_pro rmse': 90,
        'signs auroc': 0.7001,
        'stage macroF1': null,
      }),
      arm('north', 'teacher', { nll: 6, 'angina accuracy': 0.7, 'NT_pro rmse': 80, 'signs auroc': 0.6 }),
      arm('south', 'teacher', { nll: 7, 'angina accuracy': 0.6, 'NT_pro rmse': 99, 'signs auroc': 0.7004 }),
    ]

    it('lists those of the targets first, as they come, and says whose they are', () => {
      const metrics = metricsOf(several)
      expect(metrics).toEqual(['angina accuracy', 'NT_pro rmse', 'signs auroc', 'stage macroF1', 'nll'])
      expect(metrics.map(metricName)).toEqual([
        'angina accuracy',
        'NT_pro RMSE',
        'signs AUROC',
        'stage macro-f1',
        'NLL',
      ])
      expect(metrics.map(direction)).toEqual(['higher', 'lower', 'higher', 'higher', 'lower'])
    })

    // Angina .8 > .7; NT_pro 90 > 80 is worse; signs .700 is shown like .700; stage is not known.
    it('counts those on which the student is as good as the best lone teacher of each', () =>
      expect(summary(several)).toBe('student at least as good as the best lone teacher on 2 of 4 targets'))

    it('says how good it is, where no teacher was measured', () =>
      expect(summary([arm('student', 'student', { 'angina accuracy': 0.8, nll: 5 })])).toBe(
        'student angina accuracy 0.800',
      ))
  })

  it('widens a scale outwards to twentieths', () => {
    // 0.747 / 0.05 = 14.94 -> 14 -> 0.70; 0.874 / 0.05 = 17.48 -> 18 -> 0.90
    expect(stripScale([0.874, 0.747])).toEqual([0.7, 0.9])
    expect(stripScale([0.85, 0.9])).toEqual([0.85, 0.9])
    expect(stripScale([0.9])).toEqual([0.85, 0.9500000000000001])
  })
})
