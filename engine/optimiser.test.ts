import { describe, expect, it } from 'vitest'
import { evaluator } from './evaluate.ts'
import { input } from './expr.ts'
import { adam } from './optimiser.ts'
import { openRuntime } from './session/index.ts'

describe('adam', () => {
  it('makes the two steps that the paper gives for one weight', async () => {
    // beta1 = .9, beta2 = .99, epsilon = .1, rate = .5; gradients 2, then -1; p = 1.
    // t = 1: m = .2, v = .04; m^ = 2, v^ = 4;      p = 1 - .5 * 2 / (2 + .1)              = .523810
    // t = 2: m = .18 - .1 = .08, v = .0396 + .01 = .0496
    //        m^ = .08 / .19 = .421053, v^ = .0496 / .0199 = 2.492462, sqrt = 1.578753
    //        p = .523810 - .5 * .421053 / 1.678753 = .523810 - .125407                    = .398403
    const runtime = await openRuntime()
    const optimiser = adam({ learningRate: 0.5, beta1: 0.9, beta2: 0.99, epsilon: 0.1 })
    const names = ['parameters', 'gradient', 'slot0', 'slot1', 'decays']
    const [parameters, gradient, slot0, slot1, decays] = names.map((name) => input(name, [1])) as [
      never,
      never,
      never,
      never,
      never,
    ]
    const [a, e, d] = ['a', 'e', 'd'].map((name) => input(name, [1])) as [never, never, never]
    expect(optimiser.slots).toBe(2)
    const next = optimiser.update({ parameters, gradient, slots: [slot0, slot1], scalars: [a, e, d], decays })
    const step = await evaluator(
      runtime,
      { p: next.parameters, m: next.slots[0]!, v: next.slots[1]! },
      'float64',
    )
    let state = { p: [1], m: [0], v: [0] }
    const seen: number[] = []
    for (const [i, g] of [2, -1].entries()) {
      const [a, e, d] = optimiser.scalars(i + 1, 2) as [number, number, number]
      const feeds = {
        parameters: state.p,
        gradient: [g],
        slot0: state.m,
        slot1: state.v,
        a: [a],
        e: [e],
        d: [d],
      }
      state = await step(feeds)
      seen.push(state.p[0]!)
    }
    expect(seen[0]).toBeCloseTo(0.52381, 6)
    expect(seen[1]).toBeCloseTo(0.398403, 6)
    await step.release()
  })

  it('follows its schedule', () => {
    // The third number of a step is rate x weight decay, here the rate itself. Cosine over four steps:
    // (1 + cos(0, 45, 90, 135 degrees)) / 2.
    const rates = (schedule: 'constant' | 'cosine'): number[] =>
      [1, 2, 3, 4].map((step) => adam({ learningRate: 1, weightDecay: 1, schedule }).scalars(step, 4)[2]!)
    expect(rates('constant')).toEqual([1, 1, 1, 1])
    const expected = [1, 0.853553, 0.5, 0.146447]
    rates('cosine').forEach((rate, i) => expect(rate).toBeCloseTo(expected[i]!, 6))
  })
})
