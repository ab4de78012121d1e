import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom, xoshiro128 } from './random.ts'

describe('xoshiro128**', () => {
  it("gives the reference implementation's numbers from the state 1, 2, 3, 4", () => {
    // By hand: rotl(2 * 5, 7) * 9 = 1280 * 9 = 11520; the state becomes 7, 0, 1026, 12288, so the second is 0.
    // All eight: the test vector of Rust's rand_xoshiro, from xoshiro128starstar.c 1.1 at prng.di.unimi.it.
    const draw = xoshiro128([1, 2, 3, 4])
    expect(Array.from({ length: 8 }, draw)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849,
    ])
  })
})

describe('seededRandom', () => {
  it('repeats itself from the same seed, and no other', () => {
    const draws = (seed: number | string): number[] => seededRandom(seed).shuffle([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(draws(7)).toEqual(draws(7))
    expect(draws(7)).not.toEqual(draws(8))
    expect(draws(7)).not.toEqual(draws('7'))
  })

  it('forks by label alone, whatever was drawn before', () => {
    const fresh = seededRandom(1).fork('weights')
    const parent = seededRandom(1)
    for (let i = 0; i < 100; i++) parent.next()
    expect(parent.fork('weights').next()).toBe(fresh.next())
    expect(seededRandom(1).fork('a').next()).not.toBe(seededRandom(1).fork('b').next())
    expect(seededRandom(1).fork('a').fork('b').next()).not.toBe(seededRandom(1).fork('b').fork('a').next())
  })

  it('draws integers evenly', () => {
    // 30,000 draws of 3: each count is binomial, mean 10,000, deviation 82; 5 deviations are 410.
    const random = seededRandom('integers')
    const counts = [0, 0, 0]
    for (let i = 0; i < 30_000; i++) counts[random.integer(3)]!++
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(410)
    expect(() => random.integer(0)).toThrow(RangeError)
  })

  it('draws normals with mean 0, variance 1 and 4.55 % outside two deviations', () => {
    const random = seededRandom('normals')
    const z = Array.from({ length: 100_000 }, () => random.normal())
    const mean = z.reduce((a, b) => a + b) / z.length
    const variance = z.reduce((a, b) => a + b * b, 0) / z.length
    const outside = z.filter((x) => Math.abs(x) > 2).length / z.length
    // Standard errors: 0.0032, sqrt(2 / n) = 0.0045, and 0.00066; five of each.
    expect(Math.abs(mean)).toBeLessThan(0.016)
    expect(Math.abs(variance - 1)).toBeLessThan(0.0225)
    expect(Math.abs(outside - 0.0455)).toBeLessThan(0.0033)
  })

  it('shuffles without loss, and every order equally', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
        const shuffled = seededRandom(seed).shuffle([...items])
        expect([...shuffled].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b))
      }),
    )
    const random = seededRandom('orders')
    const counts = new Map<string, number>()
    for (let i = 0; i < 6000; i++) {
      const order = random.shuffle(Int32Array.of(1, 2, 3)).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    // Six orders, 1,000 each, deviation 29; five are 145.
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(145)
  })
})
