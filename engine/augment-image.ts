/**
 * Images moved and mirrored, each by a draw of its own. A row lists the channels of a pixel, pixel after pixel.
 *
 * Every output pixel says which input pixel it shows, and one gather over the pixels of the whole batch brings
 * them:
 *
 *     source(image n, y, x) = n height width + (y + dy_n) width + (x + dx_n)
 */
import { chance, int, rowNumbers, uniform } from './counter-hash.ts'
import { apply, constant } from './expr.ts'
import type { Expr } from './expr.ts'
import { add, cast, fromRows, gather, minimum, mul, reshape, slice, sub, toRows, where } from './ops.ts'
import type { Shape } from './shape.ts'

/** Height, width and channels. */
export type Image = readonly [number, number, number]

/**
 * Each image moved by a whole number of pixels, uniform on -most .. most, on each axis; `bits` is int32 [batch, 2].
 * What comes in is zeros, or the pixel at the edge again.
 */
export function shift(x: Expr, image: Image, most: number, fill: 'zero' | 'edge', bits: Expr): Expr {
  const [height, width] = image
  const places = 2 * most + 1
  const drawn = apply('Floor', [mul(uniform(bits), places)], { shape: bits.shape })
  // The draw reaches 1 itself once in a while.
  const moves = sub(cast(minimum(drawn, places - 1), 'int32'), int(most))
  const down = add(along(height, 1), perImage(slice(moves, 1, 0, 1)))
  const right = add(along(width, 2), perImage(slice(moves, 1, 1, 1)))
  const [inDown, inRight] = [within(down, height), within(right, width)]
  const moved = pixels(x, image, inDown, inRight)
  if (fill === 'edge') return moved
  const seen = apply('And', [same(down, inDown), same(right, inRight)], {
    shape: [x.shape[0]!, height, width],
    dtype: 'bool',
  })
  const [channels] = image.slice(2) as [number]
  const framed = where(reshape(seen, [...seen.shape, 1]), reshape(moved, [...seen.shape, channels]), 0)
  return reshape(framed, x.shape)
}

/** Each image mirrored, left to right, with probability one half; `bits` is int32 [batch, 1]. */
export function flip(x: Expr, image: Image, bits: Expr): Expr {
  const [height, width] = image
  const mirrored = constant(
    Array.from({ length: width }, (_, i) => width - 1 - i),
    [1, 1, width],
    'int32',
  )
  return pixels(x, image, along(height, 1), where(perImage(chance(bits, 0.5)), mirrored, along(width, 2)))
}

/** 0, 1, .. along one axis of [batch, height, width]. */
function along(length: number, axis: 1 | 2): Expr {
  const shape = axis === 1 ? [1, length, 1] : [1, 1, length]
  return constant(
    Array.from({ length }, (_, i) => i),
    shape,
    'int32',
  )
}

const perImage = (x: Expr): Expr => reshape(x, [x.shape[0]!, 1, 1])

const within = (x: Expr, length: number): Expr =>
  apply('Clip', [x, constant([0], [], 'int32'), constant([length - 1], [], 'int32')], {
    shape: x.shape,
    dtype: 'int32',
  })

const same = (a: Expr, b: Expr): Expr => apply('Equal', [a, b], { shape: a.shape, dtype: 'bool' })

/** For each pixel the one at `down` [.., height, ..] and `right` [.., .., width] of its image. */
function pixels(x: Expr, [height, width, channels]: Image, down: Expr, right: Expr): Expr {
  const all: Shape = [x.shape[0]!, height, width]
  const own = mul(perImage(rowNumbers(x)), int(height * width))
  const sources = add(own, add(mul(down, int(width)), right))
  const rows = toRows(reshape(x, [...all, channels]))
  const list = apply('Reshape', [sources, constant([-1], [1], 'int64')], {
    shape: [rows.shape[0]!],
    dtype: 'int32',
  })
  return reshape(fromRows(gather(rows, list), all), x.shape)
}
