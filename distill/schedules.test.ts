import { describe, expect, it } from 'vitest'
import { readAlphaSchedule, readTemperatureSchedule, valueAt } from './schedules.ts'

describe('schedules as words', () => {
  it('are read', () => {
    expect(readTemperatureSchedule('linear:8:1')).toEqual({ kind: 'linear', from: 8, to: 1 })
    expect(readTemperatureSchedule('cosine:0.5:2')).toEqual({ kind: 'cosine', from: 0.5, to: 2 })
    expect(readTemperatureSchedule('flsw:1:2')).toEqual({ kind: 'flsw', beta: 1, gamma: 2 })
    expect(readTemperatureSchedule('cwsm:1')).toEqual({ kind: 'cwsm', beta: 1 })
    expect(readTemperatureSchedule('ctkd')).toEqual({ kind: 'ctkd' })
    expect(readAlphaSchedule('linear:1:0')).toEqual({ kind: 'linear', from: 1, to: 0 })
  })

  it.each([
    '',
    'linear',
    'linear:1',
    'linear:1:2:3',
    'linear::2',
    'linear:1:x',
    'linear:1:0',
    'flsw:1',
    'ctkd:1',
    'steps:1:2',
  ])('are refused where they name none: %j', (text) => expect(readTemperatureSchedule(text)).toBeUndefined())

  it('of alpha stay between 0 and 1, and differ by no item', () => {
    expect(readAlphaSchedule('linear:0:1.5')).toBeUndefined()
    expect(readAlphaSchedule('cwsm:1')).toBeUndefined()
  })
})

describe('a path', () => {
  it('starts and ends where it says, evenly or slowly at both ends', () => {
    const at = (kind: 'linear' | 'cosine') =>
      [0, 0.25, 0.5, 1].map((done) => valueAt({ kind, from: 4, to: 2 }, done))
    expect(at('linear')).toEqual([4, 3.5, 3, 2])
    // (1 - cos(pi / 4)) / 2 = .1464.
    expect(at('cosine')[1]).toBeCloseTo(4 - 2 * 0.146447, 5)
    expect(at('cosine')[3]).toBe(2)
  })
})
