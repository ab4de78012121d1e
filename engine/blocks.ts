/**
 * A flat vector held in pieces, and cut again elsewhere.
 *
 * Parameters are tensors to the network and one flat vector to everyone else; inside a training graph the
 * vector is held in blocks. A large tensor is a block of its own, so that no step copies it; small neighbours
 * share one, so that the optimiser's ten operators run once for all of them. Both cuts are of the same vector, so
 * one function turns either into the other:
 *
 *     tensors  |--- W1 ---|b1|-- W2 --|b2|W3|b3|
 *     blocks   |----------|--|--------|--------|      the last is three tensors joined
 */
import type { Expr } from './expr.ts'
import { concat, reshape, slice } from './ops.ts'

export interface Range {
  readonly offset: number
  readonly size: number
}

/** A value that holds, flat, one range of the vector. */
export interface Piece extends Range {
  readonly value: Expr
}

/** Consecutive ranges as blocks: those of `large` numbers or more alone, the others joined to small neighbours. */
export function blocksOf(ranges: readonly Range[], large: number): Range[] {
  return ranges.reduce<Range[]>((blocks, { offset, size }) => {
    const last = blocks.at(-1)
    const joins = last !== undefined && last.size < large && size < large
    return joins
      ? [...blocks.slice(0, -1), { offset: last.offset, size: last.size + size }]
      : [...blocks, { offset, size }]
  }, [])
}

/** The flat value of each wanted range, from pieces that cover the vector in order. */
export function recut(pieces: readonly Piece[], wanted: readonly Range[]): Expr[] {
  return wanted.map(({ offset, size }) => {
    const parts = pieces.flatMap((piece) => {
      const from = Math.max(offset, piece.offset)
      const to = Math.min(offset + size, piece.offset + piece.size)
      return from < to ? [slice(reshape(piece.value, [piece.size]), 0, from - piece.offset, to - from)] : []
    })
    return concat(parts, 0)
  })
}
