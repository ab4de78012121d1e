/**
 * The derivative of a convolution by its kernel, given input x and upstream derivative y:
 *
 *     dw[o,c,k] = sum over n, p of  y[n,o,p] x[n,c, p stride + k dilation - padding]
 *
 * For each tap k that is a matrix product of y with a shifted x. One product for each of nine taps would be
 * nine thin ones, and one product for all would copy x nine times over. But a shift of x by (i, j) is also a
 * shift of y by -i under a shift of x by j:
 *
 *     [y shifted by 0; by -1; by -2]  x  [x shifted by j]'  ->  the taps (0, j), (1, j) and (2, j)
 *
 * so three products of a stacked y, three times as high, give all nine taps with six shifts. Where the input has
 * few channels (images do), stacking all its shifts is less to copy, and one product does.
 *
 * Both sum over places row by row of the batch, in the layout that x and y have, and add the rows up. A group
 * of one channel would make those products single lines, so with groups the batch moves inside: channels
 * first, and each product sums over the batch too.
 *
 * A stride s meets, at each tap, only every s-th entry of x. Those entries are cut out first, once for each remainder
 * modulo s, and in each the window moves by one.
 */
import { constant } from './expr.ts'
import type { Expr } from './expr.ts'
import { concat, gather, matmul, mul, regroup, reshape, slice, sum, transpose, view } from './ops.ts'
import { showShape, sizeOf } from './shape.ts'
import type { Geometry } from './window.ts'

/** [batch, channels, ...size] and [batch, outputs, ...places] -> [outputs, channels / groups, ...kernel]. */
export function productsOfShifts(x: Expr, y: Expr, geometry: Geometry): Expr {
  const operands = operandsOf(x, y, geometry)
  const { within, each } = operands
  const [taps, down] = [sizeOf(geometry.kernel), geometry.kernel[0]!]
  const [ofInput, ofBoth] = [taps * within, down * each + (taps / down) * within]
  return (ofInput < ofBoth ? shiftsOfInput : shiftsOfBoth)(operands, geometry)
}

/** Place p of an axis meets, at a tap, entry (p + `step`) stride + `remainder` of the input. */
interface Meeting {
  readonly tap: number
  readonly remainder: number
  readonly step: number
}

function meetingsOf({ kernel, strides, dilations, pads }: Geometry): Meeting[][] {
  return kernel.map((length, axis) =>
    range(length).map((tap) => {
      const entry = tap * dilations[axis]! - pads[axis]![0]
      const step = Math.floor(entry / strides[axis]!)
      return { tap, step, remainder: entry - step * strides[axis]! }
    }),
  )
}

/** All that the products are made of: x and y with the batch first, or second where there are groups. */
interface Operands {
  /** The entries of x that lie `remainder` past a multiple of the stride, axis by axis. */
  readonly phase: (meetings: readonly Meeting[]) => Expr
  readonly y: Expr
  /** Space, and with groups the batch, in one: [batch or groups, channels, length]. */
  readonly lists: (z: Expr) => Expr
  /** Of [.., n, length] and [.., m, length], summed over the batch: [groups, n, m]. */
  readonly product: (a: Expr, b: Expr) => Expr
  readonly within: number
  readonly each: number
}

function operandsOf(x: Expr, y: Expr, { groups, size, strides }: Geometry): Operands {
  const batch = x.shape[0]!
  const [within, each] = [(x.shape[1] as number) / groups, (y.shape[1] as number) / groups]
  const [images, upstream] = groups === 1 ? [x, y] : [swapFirstTwo(x), swapFirstTwo(y)]
  const phases = new Map<string, Expr>()
  return {
    phase(meetings) {
      const key = meetings.map(({ remainder }) => remainder).join()
      const cut = (z: Expr, { remainder }: Meeting, i: number): Expr =>
        slice(z, i + 2, remainder, Math.ceil((size[i]! - remainder) / strides[i]!), strides[i])
      const found = phases.get(key) ?? meetings.reduce(cut, images)
      phases.set(key, found)
      return found
    },
    y: upstream,
    lists(z) {
      const area = sizeOf(z.shape.slice(2))
      if (groups === 1) return reshape(z, [batch, z.shape[1]!, area])
      const length = typeof batch === 'number' ? batch * area : showShape([batch, area])
      return regroup(z, [groups, (z.shape[0] as number) / groups, length])
    },
    product(a, b) {
      // ONNX Runtime multiplies lists far faster than it multiplies rows with columns.
      if (groups > 1 && a.shape[1] === 1 && b.shape[1] === 1) return sum(mul(a, b), [2], { keepDims: true })
      const all = matmul(a, b, { transposeB: true })
      return groups === 1 ? sum(all, [0], { keepDims: true }) : all
    },
    within,
    each,
  }
}

function shiftsOfInput({ phase, y, lists, product, within, each }: Operands, geometry: Geometry): Expr {
  const { kernel, groups, places } = geometry
  const shifted = choices(meetingsOf(geometry)).map((meetings) =>
    lists(view(phase(meetings), stepsOf(meetings), places)),
  )
  const found = product(concat(shifted, 1), lists(y))
  const byTap = transpose(reshape(found, [groups, sizeOf(kernel), within, each]), [0, 3, 2, 1])
  return reshape(byTap, [groups * each, within, ...kernel])
}

function shiftsOfBoth({ phase, y, lists, product, within, each }: Operands, geometry: Geometry): Expr {
  const { kernel, groups, places } = geometry
  const [down, ...across] = meetingsOf(geometry) as [Meeting[], ...Meeting[][]]
  const columns = choices(across)
  const order: number[] = []
  const products = [...new Set(down.map(({ remainder }) => remainder))].flatMap((remainder) => {
    const rows = down.filter((row) => row.remainder === remainder)
    const [low, high] = [Math.min(...stepsOf(rows)), Math.max(...stepsOf(rows))]
    const extents = [places[0]! + high - low, ...places.slice(1)]
    const shifted = rows.map(({ step }) => lists(view(y, [low - step, ...across.map(() => 0)], extents)))
    const stacked = concat(shifted, 1)
    return columns.map((column, at) => {
      const image = view(phase([rows[0]!, ...column]), [low, ...stepsOf(column)], extents)
      order.push(...rows.map(({ tap }) => tap * columns.length + at))
      return reshape(product(stacked, lists(image)), [groups, rows.length, each, within])
    })
  })
  const byTap = transpose(concat(products, 1), [1, 0, 2, 3])
  const sorted = range(order.length).map((tap) => order.indexOf(tap))
  const inOrder = gather(byTap, constant(sorted, [sorted.length], 'int64'))
  return reshape(transpose(inOrder, [1, 2, 3, 0]), [groups * each, within, ...kernel])
}

/** One of each list, in every way, the last list's varying fastest. */
const choices = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((all, list) => all.flatMap((chosen) => list.map((x) => [...chosen, x])), [[]])

const stepsOf = (meetings: readonly Meeting[]): number[] => meetings.map(({ step }) => step)
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const swapFirstTwo = (x: Expr): Expr => transpose(x, [1, 0, ...x.shape.slice(2).map((_, i) => i + 2)])
