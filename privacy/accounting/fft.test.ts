import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { fourier, type Complex } from './fft.ts'

const complex = (re: readonly number[], im: readonly number[]): Complex => ({
  re: Float64Array.from(re),
  im: Float64Array.from(im),
})
const numbers = (length: number) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length })

/** The sum by its definition. */
function slow({ re, im }: Complex, k: number): [number, number] {
  let [x, y] = [0, 0]
  re.forEach((a, j) => {
    const angle = (-2 * Math.PI * j * k) / re.length
    x += a * Math.cos(angle) - im[j]! * Math.sin(angle)
    y += a * Math.sin(angle) + im[j]! * Math.cos(angle)
  })
  return [x, y]
}

const reversed = (index: number, bits: number) =>
  Number.parseInt(index.toString(2).padStart(bits, '0').split('').reverse().join(''), 2)

it('a spectrum is the sum of its definition, in bit-reversed order, and comes back', () => {
  fc.assert(
    fc.property(fc.tuple(numbers(16), numbers(16)), ([re, im]) => {
      const [z, before] = [complex(re, im), complex(re, im)]
      const { forward, inverse } = fourier(16)
      forward(z)
      for (let k = 0; k < 16; k++) {
        const [x, y] = slow(before, k)
        expect(z.re[reversed(k, 4)]).toBeCloseTo(x, 12)
        expect(z.im[reversed(k, 4)]).toBeCloseTo(y, 12)
      }
      inverse(z)
      for (let j = 0; j < 16; j++) {
        expect(z.re[j]).toBeCloseTo(re[j]!, 14)
        expect(z.im[j]).toBeCloseTo(im[j]!, 14)
      }
    }),
    { numRuns: 20 },
  )
})

it('works for lengths one and two', () => {
  for (const [input, spectrum] of [
    [[3], [3]],
    [
      [3, 1],
      [4, 2],
    ],
  ] as const) {
    const z = complex(
      input,
      input.map(() => 0),
    )
    const { forward, inverse } = fourier(input.length)
    forward(z)
    expect([...z.re]).toEqual(spectrum)
    inverse(z)
    expect([...z.re]).toEqual(input)
  }
})
