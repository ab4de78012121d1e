import { describe, expect, it } from 'vitest'
import { lossFor, ruleFor } from './choose-loss.ts'

const classes = { task: 'classify', classes: 3, rules: ['geometric-mean'] } as const
const number = { task: 'regress', classes: 2, rules: ['gaussian-mixture'] } as const

describe('the loss of a run', () => {
  it('brings the temperature and the weight of its reference', () => {
    expect(lossFor({ loss: 'dkd' }, classes)).toEqual({ loss: 'dkd', temperature: 4, alpha: 1 })
    expect(lossFor({ loss: 'attentive' }, number)).toEqual({ loss: 'attentive', temperature: 1, alpha: 0.5 })
    expect(lossFor({ loss: 'kd' }, number).alpha).toBe(1)
  })

  it('brings a rule that tells what it reads', () => {
    expect(ruleFor('dirichlet', 'classify')).toBe('geometric-mean')
    expect(ruleFor('kd', 'classify')).toBe('mean-probability')
    expect(ruleFor('huber', 'regress')).toBe('gaussian-mixture')
  })

  it.each([
    ['of numbers for classes', { loss: 'huber' }, classes, /huber does not teach classes: kd, /],
    ['of classes for numbers', { loss: 'dkd' }, number, /dkd does not teach a number: kd, huber/],
    [
      'that a rule gives too little',
      { loss: 'dirichlet' },
      { ...classes, rules: ['geometric-mean', 'era'] },
      /which era does not tell; take the rule geometric-mean/,
    ],
    ['beside generations', { loss: 'dirichlet', generations: 2 }, classes, /does not go with generations/],
    [
      'at a temperature that teachers did not answer at',
      { loss: 'dirichlet', temperatureSchedule: 'linear:4:1' },
      classes,
      /does not go with a temperature schedule/,
    ],
  ] as const)('is refused %s', (_, wish, run, message) => {
    expect(() => lossFor(wish, run)).toThrow(expect.objectContaining({ code: 'USAGE' }))
    expect(() => lossFor(wish, run)).toThrow(message)
  })
})
