import { describe, expect, it } from 'vitest'
import { lossFor } from './choose-loss.ts'
import type { RunOverrides } from './config.ts'
import { requireFit } from './task-fit.ts'

const code = (code: string) => expect.objectContaining({ code }) as Error

describe('requireFit', () => {
  it('lets rules of the task pass, and everything about classes where there are some', () => {
    const wish: RunOverrides = {
      privacy: 'pate:3',
      margin: 0.1,
      ask: 5,
      digest: 2,
      loss: 'dkd',
      groups: 'median',
    }
    expect(() => requireFit('classify', ['era', 'votes'], wish)).not.toThrow()
    expect(() => requireFit('multilabel', ['mean-label-logit'], { loss: 'kd', generations: 2 })).not.toThrow()
    expect(() => requireFit('regress', ['gaussian-mixture'], { loss: 'kd' })).not.toThrow()
  })

  it('names the rules that fit', () => {
    expect(() => requireFit('multilabel', ['mean-label-logit', 'era'], {})).toThrow(
      'The rule era does not combine predictions of several labels: mean-label-probability, mean-label-logit.',
    )
    expect(() => requireFit('classify', ['mean-label-logit'], {})).toThrow(code('USAGE'))
    expect(() => requireFit('regress', ['mean-probability'], {})).toThrow(code('USAGE'))
  })

  it.each<[RunOverrides, string]>([
    [{ privacy: 'dpsgd:3' }, 'differential privacy (dpsgd)'],
    [{ groups: 'median' }, 'sums by group'],
    [{ margin: 0.1 }, 'a margin'],
    [{ ask: 5 }, 'a budget of items'],
    [{ digest: 2 }, 'digest'],
    [{ temperatureSchedule: 'linear:2:1' }, 'a schedule'],
  ])('refuses %o rather than leave it unheard', (wish, what) => {
    expect(() => requireFit('multilabel', ['mean-label-logit'], wish)).toThrow(
      `This version does not have ${what}`,
    )
    expect(() => requireFit('regress', ['gaussian-mixture'], wish)).toThrow(code('NOT_AVAILABLE'))
  })
})

it('searches settings of classes and of a number, not of labels', () => {
  expect(() => requireFit('multilabel', ['mean-label-logit'], { tune: 5 })).toThrow('a search for settings')
  expect(() => requireFit('regress', ['gaussian-mixture'], { tune: 5 })).not.toThrow()
})

describe('lossFor', () => {
  const run = { task: 'multilabel', classes: 2, rules: ['mean-label-probability'] } as const

  it('is bce for labels, also where nobody wished for one, and no other', () => {
    const bce = { loss: 'bce', temperature: 1, alpha: 1 }
    expect(lossFor({ loss: 'kd' }, run)).toEqual(bce)
    expect(lossFor({ loss: 'bce' }, run)).toEqual(bce)
    expect(() => lossFor({ loss: 'dkd' }, run)).toThrow('The loss dkd does not teach labels: bce.')
  })
})
