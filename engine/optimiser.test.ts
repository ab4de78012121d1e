import { describe, expect, it } from 'vitest'
import { evaluator } from './evaluate.ts'
import { input } from './expr.ts'
import { adam, optimiserFrom, sgd } from './optimiser.ts'
import type { Optimiser } from './optimiser.ts'
import { rateAt } from './schedule.ts'
import type { Schedule } from './schedule.ts'
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

/** The weights after each step from 1, for these gradients. */
async function steps(optimiser: Optimiser, slopes: readonly number[]): Promise<number[][]> {
  const value = (name: string): ReturnType<typeof input> => input(name, [1])
  const slots = Array.from({ length: optimiser.slots }, (_, i) => value(`slot${i}`))
  const scalars = optimiser.scalars(1, 1).map((_, i) => value(`scalar${i}`))
  const state = {
    parameters: value('weights'),
    gradient: value('g'),
    decays: value('decays'),
    slots,
    scalars,
  }
  const next = optimiser.update(state)
  const named = (values: readonly unknown[], name: string): [string, number][] =>
    values.map((v, i) => [`${name}${i}`, v as number])
  const outputs = Object.fromEntries([
    ['p', next.parameters],
    ...next.slots.map((v, i) => [`next${i}`, v]),
  ]) as never
  const step = await evaluator(await openRuntime(), outputs, 'float64')
  let held: Record<string, number[]> = { p: [1] }
  const seen: number[][] = []
  for (const [i, g] of slopes.entries()) {
    const numbers = Object.fromEntries([
      ...named(optimiser.scalars(i + 1, slopes.length), 'scalar'),
      ...slots.map((_, k): [string, number] => [`slot${k}`, held[`next${k}`]?.[0] ?? 0]),
      ['weights', held['p']![0]!],
      ['g', g],
      ['decays', 1],
    ])
    held = await step(Object.fromEntries(Object.entries(numbers).map(([name, x]) => [name, [x]])))
    seen.push([held['p']![0]!, ...slots.map((_, k) => held[`next${k}`]![0]!)])
  }
  await step.release()
  return seen.map((row) => row.map((x) => Number(x.toFixed(6))))
}

describe('sgd', () => {
  // Rate .1, momentum .5, gradients 2, then -1, from 1.
  it('steps by its velocity', async () => {
    // v = 2, p = 1 - .2 = .8;  v = 1 - 1 = 0, p = .8.
    expect(await steps(sgd({ momentum: 0.5 }), [2, -1])).toEqual([
      [0.8, 2],
      [0.8, 0],
    ])
    // Without momentum: .8, then .9; with a decay of 1 first 1 (1 - .1) - .2 = .7, then .63 + .1 = .73.
    expect(await steps(sgd(), [2, -1])).toEqual([[0.8], [0.9]])
    expect(await steps(sgd({ weightDecay: 1 }), [2, -1])).toEqual([[0.7], [0.73]])
  })

  it('looks ahead with Nesterov', async () => {
    // v = 2, step 2 + .5 * 2 = 3: p = .7;  v = 0, step -1 + 0: p = .8.
    expect(await steps(sgd({ momentum: 0.5, nesterov: true }), [2, -1])).toEqual([
      [0.7, 2],
      [0.8, 0],
    ])
  })
})

describe('an average of the weights', () => {
  it('keeps its share of the last', async () => {
    // p = .8, .9; A = .25 * .8 = .2, then .75 * .2 + .25 * .9 = .375.
    expect(await steps(optimiserFrom({ kind: 'sgd', averageDecay: 0.75 }), [2, -1])).toEqual([
      [0.8, 0.2],
      [0.9, 0.375],
    ])
    expect(() => optimiserFrom({ averageDecay: 1 })).toThrow('from 0 to below 1')
  })
})

describe('schedules', () => {
  const rates = (schedule: Schedule, steps: number): number[] =>
    Array.from({ length: steps }, (_, i) => Number(rateAt(schedule, i + 1, steps).toFixed(6)))
  it('take the share of the rate that they say', () => {
    expect(rates({ kind: 'step', at: [0.5, 0.75], factor: 0.1 }, 4)).toEqual([1, 1, 0.1, 0.01])
    expect(rates({ kind: 'warmUp', share: 0.5, after: 'cosine' }, 4)).toEqual([0.5, 1, 1, 0.5])
    // Halfway up: (1/25 + 1) / 2 = .52; halfway down: (1 + 4e-6) / 2 = .500002.
    expect(rates({ kind: 'oneCycle', share: 0.5 }, 4)).toEqual([0.04, 0.52, 1, 0.500002])
  })
})
