import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSpec } from '#engine/spec.ts'
import { rulesFrom } from './rules.ts'
import { bestOf, settingsSchema, sizeOf, spaceAround, trialAt, type Settings } from './tuning.ts'

const usual: Settings = {
  rule: 'mean-probability',
  loss: 'kd',
  temperature: 3,
  alpha: 0.9,
  student: parseSpec({ kind: 'mlp', inputs: 4, hidden: [9, 4], outputs: 3 }),
  epochs: 25,
}
const everything = { rules: rulesFrom('probabilities'), temperature: true, alpha: true }
const two = parseSpec({ kind: 'mlp', inputs: 4, hidden: [], outputs: 2 })

describe('a space of settings', () => {
  it('lists what is usual first, and nothing twice', () => {
    const space = spaceAround(usual, everything)
    expect(space.rule).toEqual(['mean-probability', 'era'])
    // All that three classes can be taught by: bce is kd where classes exclude each other.
    expect([...space.loss].sort()).toEqual(
      ['kd', 'logit-mse', 'logit-std', 'dkd', 'nkd', 'dist', 'dist-intra', 'annealing', 'tf-kd'].sort(),
    )
    expect(space.temperature).toEqual([3, 1, 2, 4, 8])
    expect(space.alpha).toEqual([0.9, 1, 0.7, 0.5])
    // Halves are rounded up: 4.5 to 5, 12.5 to 13.
    expect(space.student.map((spec) => spec.kind === 'mlp' && spec.hidden)).toEqual([
      [9, 4],
      [5, 2],
      [18, 8],
    ])
    expect(space.epochs).toEqual([25, 13, 50])
    expect(sizeOf(space)).toBe(2 * 9 * 5 * 4 * 3 * 3)
  })

  it('keeps what is not free, and what a number has no use for', () => {
    const fixed = spaceAround({ ...usual, student: two }, { rules: [], temperature: false, alpha: false })
    expect([fixed.rule, fixed.temperature, fixed.alpha, fixed.student]).toEqual([
      ['mean-probability'],
      [3],
      [0.9],
      [two],
    ])
    // Two classes have no order of the others to teach.
    expect([...fixed.loss].sort()).toEqual(['annealing', 'dist-intra', 'kd', 'logit-mse', 'tf-kd'])
    const number = spaceAround({ ...usual, rule: 'gaussian-mixture' }, { ...everything, rules: [] })
    expect([number.loss, number.temperature]).toEqual([['kd'], [3]])
  })

  it('halves and doubles channels and hidden widths of images, as far as a network may be wide', () => {
    const spec = { kind: 'cnn', inputs: 64, image: [8, 8, 1], channels: [3, 4096], hidden: [5], outputs: 3 }
    const { student } = spaceAround({ ...usual, student: parseSpec(spec) }, everything)
    expect(student.map((each) => each.kind === 'cnn' && [each.channels, each.hidden])).toEqual([
      [[3, 4096], [5]],
      [[2, 2048], [3]],
    ])
  })
})

describe('trials', () => {
  it('begin with the usual settings, and are all combinations, each once, in an order of the seed', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(),
        fc.record({ rules: fc.constant([]), temperature: fc.boolean(), alpha: fc.boolean() }),
        (seed, other, freedom) => {
          const space = spaceAround({ ...usual, student: two }, freedom)
          const tried = (of: number) =>
            Array.from({ length: sizeOf(space) }, (_, trial) => trialAt(space, of, trial))
          const texts = tried(seed).map((settings) => JSON.stringify(settingsSchema.parse(settings)))
          expect(tried(seed)[0]).toEqual({ ...usual, student: two })
          expect(new Set(texts).size).toBe(5 * 3 * (freedom.temperature ? 5 : 1) * (freedom.alpha ? 4 : 1))
          expect(tried(seed).map((settings) => JSON.stringify(settings))).toEqual(texts)
          const again = tried(other).map((settings) => JSON.stringify(settings))
          expect(again.join() === texts.join()).toBe(seed === other)
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('rules from a sum', () => {
  it('are those whose every part is there', () => {
    expect(rulesFrom('votes')).toEqual(['votes', 'plurality'])
    expect(rulesFrom('gaussian-moments')).toEqual(['gaussian-mixture'])
    expect(rulesFrom('log-probabilities')).toEqual(['mean-logit'])
    expect(rulesFrom('not a kind')).toEqual([])
  })
})

describe('the best of scores', () => {
  it('has the least log-loss, half as it is and half with its confidence corrected', () => {
    // .61 + .55 = 1.16 of .60 + .60 = 1.20; 1 + .5 = 1.5 is more than either.
    const [honest, knowing, bold] = [
      { nll: 0.6, calibratedNll: 0.6 },
      { nll: 0.61, calibratedNll: 0.55 },
      { nll: 1, calibratedNll: 0.5 },
    ]
    expect(bestOf([honest, knowing, bold])).toBe(knowing)
  })

  it('has the least log-loss where that is all there is, and is the first of equals', () => {
    const scores = [{ nll: 0.2 }, { nll: -0.1 }, { nll: -0.1 }]
    expect(bestOf(scores)).toBe(scores[1])
    expect(bestOf([])).toBeUndefined()
  })
})
