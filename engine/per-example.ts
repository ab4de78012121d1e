/**
 * Per-example clipping: the sum over a batch of each example's own gradient, shrunk to L2 norm C, as DP-SGD adds
 * up (Abadi et al., arXiv 1607.00133, algorithm 1), without writing every example's gradient down.
 *
 * One backward pass gives D, the derivative of the summed losses by what each layer computes; its rows still
 * belong to one example each. `per-example-norms.ts` finds the norms |g_i| from them. With
 * c_i = min(1, C / |g_i|), each layer's own backward rule, applied to the rows c_i D_i, gives the sum of clipped
 * gradients, because the rule is linear in D; so nothing behind the layer is walked again ("book-keeping", Bu et
 * al., arXiv 2210.00038). Beyond plain training this costs the norms and one more product a layer.
 */
import { EngineError } from './errors.ts'
import { topologicalOrder } from './expr.ts'
import type { Apply, Expr } from './expr.ts'
import { gradients } from './gradient.ts'
import { add, div, maximum, mul, regroup, reshape, sqrt, stopGradient, sum } from './ops.ts'
import { normRules, stepsOf } from './per-example-norms.ts'
import type { Reading } from './per-example-norms.ts'

/**
 * For each named parameter, the sum over examples of its gradient, all of an example's gradients together
 * first shrunk to L2 norm at most `clipNorm`; and each example's norm before, [batch]. Throws ENGINE_SHAPE naming
 * a parameter that not just one dense, convolutional, embedding or elementwise layer over the examples reads.
 */
export function clippedGradients(
  rowLosses: Expr,
  parameters: ReadonlyMap<string, Expr>,
  clipNorm: number,
): { sums: Map<string, Expr>; norms: Expr } {
  const readings = readingsOf(rowLosses, parameters)
  const norms = sqrt(
    readings.map((reading) => normRules[reading.node.op]!.squares(reading)).reduce((a, b) => add(a, b)),
  )
  const shares = stopGradient(div(clipNorm, maximum(norms, clipNorm)))
  const parts = readings.map((reading) => reading.node.pullback!(scaled(reading, shares)))
  const sumOf = (parameter: Expr): Expr => {
    const reader = readings.findIndex(({ node }) => node.inputs.includes(parameter))
    return parts[reader]![readings[reader]!.node.inputs.indexOf(parameter)]!
  }
  return { sums: new Map([...parameters].map(([name, x]) => [name, sumOf(x)])), norms }
}

/** The derivative's rows, each times the share of its example. */
function scaled({ dy, batch, steps }: Reading, shares: Expr): Expr {
  const byExample = steps === 1 ? dy : regroup(dy, [batch, steps, ...dy.shape.slice(1)])
  const factors = reshape(shares, [batch, ...byExample.shape.slice(1).map(() => 1)])
  return regroup(mul(byExample, factors), dy.shape)
}

/** The nodes that read parameters, each with its derivative. */
function readingsOf(rowLosses: Expr, parameters: ReadonlyMap<string, Expr>): Reading[] {
  const [batch] = rowLosses.shape
  if (batch === undefined || rowLosses.shape.length !== 1) {
    throw refused('a loss of shape [batch], one number a row')
  }
  const total = sum(rowLosses)
  const all = new Set(parameters.values())
  const isParameter = (x: Expr): boolean => all.has(x)
  const readers = topologicalOrder([total]).filter(
    (node): node is Apply => node.kind === 'apply' && node.inputs.some(isParameter),
  )
  const derivatives = gradients(total, readers)
  const readings = readers.map((node, i): Reading | undefined => {
    const at = node.inputs.flatMap((x, i) => (isParameter(x) ? [i] : []))
    const known = normRules[node.op]?.at.some((places) => places.join() === at.join())
    const data = node.inputs.find((x) => !isParameter(x))
    const steps = data && stepsOf(data, batch)
    return known && steps ? { node, dy: derivatives[i]!, batch, steps, isParameter } : undefined
  })
  for (const [name, parameter] of parameters) {
    const own = readers.flatMap(({ inputs }, i) =>
      inputs.filter((x) => x === parameter).map(() => readings[i]),
    )
    // A parameter read twice has products of both gradients in its norm, which no single layer shows.
    if (own.length === 1 && own[0]) continue
    const [reader] = readers.filter(({ inputs }) => inputs.includes(parameter))
    const how = own.length === 1 ? `is read by ${reader!.op}` : `is read ${own.length} times`
    throw refused(`parameters read once, by a layer over the examples; ${name} ${how}`)
  }
  return readings as Reading[]
}

const refused = (needs: string): EngineError =>
  new EngineError('ENGINE_SHAPE', `Per-example clipping needs ${needs}.`)
