/**
 * A flat vector held in pieces, and cut again elsewhere.
 *
 * Parameters are tensors to the network and one flat vector to everyone else; inside a training graph the
 * vector is held in blocks, small enough that an optimiser's ten passes over a block stay in cache; over a
 * whole vector of half a million numbers each pass would go out to memory. Both cuts are of the same vector, so
 * one function turns either into the other:
 *
 *     tensors  |--- W1 ---|b1|-- W2 --|b2|
 *     blocks   |-----|-----|-----|-----|-|      W1 = block 1 and block 2, block 3 = end of b1 and start of W2
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

/** Consecutive ranges of at most `most` numbers. */
export function blocksOf(size: number, most: number): Range[] {
  const count = Math.ceil(size / most)
  return Array.from({ length: count }, (_, i) => {
    const offset = i * most
    return { offset, size: Math.min(most, size - offset) }
  })
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
