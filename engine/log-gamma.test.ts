import { expect, it } from 'vitest'
import { evaluator } from './evaluate.ts'
import { input } from './expr.ts'
import { gradients } from './gradient.ts'
import { logGamma } from './log-gamma.ts'
import { sum } from './ops.ts'
import { openRuntime } from './session/index.ts'

const runtime = await openRuntime()
const x = input('x', ['n'])
const [slope] = gradients(sum(logGamma(x)), [x])
/** Euler's constant (https://oeis.org/A001620). */
const EULER = 0.5772156649015329

it('is log Gamma, and its slope the digamma function, where both are known in closed form', async () => {
  const run = await evaluator(runtime, { value: logGamma(x), slope: slope! }, 'float64')
  const { value, slope: digamma } = await run({ x: [0.5, 1, 5, 10, 1e-3] })
  // Gamma(1/2) = sqrt pi, Gamma(1) = 1, Gamma(5) = 4!, Gamma(10) = 9!, and near 0 log Gamma(x) = -log x - EULER x.
  const logs = [Math.log(Math.PI) / 2, 0, Math.log(24), Math.log(362_880), -Math.log(1e-3) - EULER * 1e-3]
  for (const [i, expected] of logs.entries()) expect(Math.abs(value[i]! - expected)).toBeLessThan(2e-6)
  // psi(1/2) = -EULER - 2 log 2, psi(1) = -EULER, psi(n + 1) = psi(n) + 1 / n.
  const harmonic = (n: number) => Array.from({ length: n }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b)
  const psis = [-EULER - 2 * Math.LN2, -EULER, harmonic(4) - EULER, harmonic(9) - EULER]
  for (const [i, expected] of psis.entries()) expect(Math.abs(digamma[i]! - expected)).toBeLessThan(1e-6)
})

it('keeps a float’s digits in single precision, and tells large arguments apart', async () => {
  const run = await evaluator(runtime, { value: logGamma(x), slope: slope! })
  const { value, slope: digamma } = await run({ x: [0.5, 1e-6, 1e4] })
  expect(value[0]).toBeCloseTo(Math.log(Math.PI) / 2, 5)
  expect(value[1]).toBeCloseTo(-Math.log(1e-6), 4)
  expect(digamma[2]).toBeCloseTo(Math.log(1e4) - 1 / 2e4, 4)
})
