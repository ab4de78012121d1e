import { describe, expect, it } from 'vitest'
import { erfc, logAdd, logErfc, logNormalCdf, logSubtract, normalCdf } from './special-functions.ts'

// mpmath, 30 digits: erfc(x) and log(erfc(x)).
const reference = [
  [-3, 1.9999779095030015, 0.69313613525044682],
  [-0.5, 1.5204998778130465, 0.41903914777555956],
  [0.3, 0.67137324054087255, -0.39843005144008531],
  [1, 0.15729920705028513, -1.8496055099332482],
  [1.99, 0.0048885868003830033, -5.3208520151399767],
  [2, 0.0046777349810472662, -5.3649412646166379],
  [2.01, 0.0044751506447517631, -5.4092152641902471],
  [5, 1.5374597944280349e-12, -27.200889545537436],
  [20, 5.3958656116079012e-176, -403.56934333410425],
] as const

it.each(reference)('erfc and its logarithm at %d keep thirteen digits', (x, value, log) => {
  expect(Math.abs(erfc(x) / value - 1)).toBeLessThan(1e-13)
  expect(Math.abs(logErfc(x) / log - 1)).toBeLessThan(1e-13)
})

describe('the normal distribution', () => {
  it('is even around a half, and goes on where floating point ends', () => {
    expect(normalCdf(0)).toBe(0.5)
    expect(normalCdf(1.7) + normalCdf(-1.7)).toBeCloseTo(1, 15)
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1])
    // Mills' ratio at 100: ln phi(100) - ln 100 - 1/100^2 to a part in 10^8.
    expect(logNormalCdf(-100)).toBeCloseTo(-5000 - Math.log(100 * Math.sqrt(2 * Math.PI)) - 1e-4, 6)
  })
})

it('logarithms add and subtract', () => {
  expect(logAdd(Math.log(2), Math.log(3))).toBeCloseTo(Math.log(5), 15)
  expect(logSubtract(Math.log(5), Math.log(3))).toBeCloseTo(Math.log(2), 15)
  expect(logAdd(1000, 1000)).toBeCloseTo(1000 + Math.LN2, 12)
  expect(logAdd(-Infinity, -Infinity)).toBe(-Infinity)
  expect(logSubtract(3, -Infinity)).toBe(3)
})
