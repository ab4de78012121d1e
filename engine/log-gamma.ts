/**
 * The logarithm of the gamma function, which ONNX has no operator for, of ones that it has.
 *
 * Stirling's series is exact to 4e-8 from y = 4 on (Abramowitz and Stegun 6.1.41); a smaller x comes there by
 * Gamma(x + 4) = x (x + 1) (x + 2) (x + 3) Gamma(x). The rules of the parts make the digamma function of it.
 *
 *     log Gamma(y) = (y - 1/2) log y - y + log(2 pi) / 2 + 1 / 12 y - 1 / 360 y^3 + 1 / 1260 y^5
 */
import type { Expr } from './expr.ts'
import { add, div, log, mul, square, sub } from './ops.ts'

const SHIFT = 4

/** For x above 0 and, since a float holds the product of four, below 1e9. */
export function logGamma(x: Expr): Expr {
  const y = add(x, SHIFT)
  const inverse = div(1, y)
  const inverse2 = square(inverse)
  const series = mul(inverse, add(mul(inverse2, sub(mul(inverse2, 1 / 1260), 1 / 360)), 1 / 12))
  const stirling = add(sub(mul(sub(y, 0.5), log(y)), y), add(series, Math.log(2 * Math.PI) / 2))
  const product = [1, 2, 3].map((n) => add(x, n)).reduce((a, b) => mul(a, b), x)
  return sub(stirling, log(product))
}
