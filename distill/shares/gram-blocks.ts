/**
 * The share kinds that say how items lie to each other in what a site's teacher sees of them (its embeddings at a
 * depth), and nothing of what it predicts.
 *
 * Sites' embeddings are of any width and mean nothing beside each other. Their inner products do: brought to length 1,
 * item i's embedding at site k is e_ik, and
 *
 *     G_ij = sum_k e_ik . e_jk        the Gram matrix of all sites' embeddings side by side, whatever their widths
 *
 * For all pairs of N items that would be N^2 numbers, so it is asked in blocks of 64 items, above the diagonal alone:
 * 64 x 63 / 2 numbers a block, 31.5 an item. On the diagonal are ones. An embedding of zeros lies at right angles to
 * every other, as if in a direction of its own.
 */
import type { Embeddings } from '../share-input.ts'
import { USUAL_SCALE, type ShareKind } from './kind.ts'

/** Items in a block. */
export const GRAM_BLOCK = 64

/** Of different items of a block. */
const PAIRS = (GRAM_BLOCK * (GRAM_BLOCK - 1)) / 2

/**
 * The first item of each block of neighbours, in the order asked. Where items do not come out even, the last block
 * reaches back over the one before, so that every block is whole. `rows` is 64 at least.
 */
export const blockStarts = (rows: number): number[] =>
  Array.from({ length: blockCount(rows) }, (_, block) => Math.min(block * GRAM_BLOCK, rows - GRAM_BLOCK))

const blockCount = (rows: number): number => Math.ceil(rows / GRAM_BLOCK)

export const gramBlocks = {
  purpose: 'teach',
  encoding: 'bounded',
  scale: USUAL_SCALE,
  clip: 1,
  readsEmbeddings: 3,
  fewestRows: GRAM_BLOCK,
  length: ({ rows }) => blockCount(rows) * PAIRS,
  largest: ({ clip }) => clip,
  /**
   * The Gram matrices of B unit vectors have norms of at most B and a product of at least 0, so two of them lie at most
   * sqrt(2) B apart. Half of that square is above the diagonal: B a block in L2, and so B sqrt(pairs) in L1.
   */
  sensitivity: ({ rows }) => ({
    unit: 'site',
    l1: blockCount(rows) * GRAM_BLOCK * Math.sqrt(PAIRS),
    l2: GRAM_BLOCK * Math.sqrt(blockCount(rows)),
  }),
  compute: ({ rows, embeddings, clip }) => {
    const { cosine } = unitRows(embeddings)
    const values = new Float64Array(blockCount(rows) * PAIRS)
    eachPair(rows, (at, { start, i, j }) => {
      values[at] = Math.max(-clip, Math.min(clip, cosine(start + i, start + j)))
    })
    return values
  },
} as const satisfies ShareKind

/** The same of an earlier depth: a third of the way to the last hidden layer, and two thirds. */
export const gramBlocksThird = { ...gramBlocks, readsEmbeddings: 1 } as const satisfies ShareKind
export const gramBlocksTwoThirds = { ...gramBlocks, readsEmbeddings: 2 } as const satisfies ShareKind

/** The mean over `sites` of what was summed: blocks x 64 x 64, symmetric, with ones on the diagonals. */
export function meanGramBlocks(sum: Float64Array, rows: number, sites: number): Float32Array {
  const size = GRAM_BLOCK
  const gram = new Float32Array(blockCount(rows) * size * size)
  gram.forEach((_, at) => (gram[at] = Number((at % (size * size)) % (size + 1) === 0)))
  eachPair(rows, (at, { block, i, j }) => {
    const mean = (sum[at] as number) / sites
    gram[(block * size + i) * size + j] = mean
    gram[(block * size + j) * size + i] = mean
  })
  return gram
}

interface Pair {
  readonly block: number
  readonly start: number
  /** In the block, i < j. */
  readonly i: number
  readonly j: number
}

/** All pairs in the order in which the vector has them. */
function eachPair(rows: number, visit: (at: number, pair: Pair) => void): void {
  let at = 0
  for (const [block, start] of blockStarts(rows).entries())
    for (let i = 0; i < GRAM_BLOCK; i++)
      for (let j = i + 1; j < GRAM_BLOCK; j++) visit(at++, { block, start, i, j })
}

/** Embeddings brought to length 1, those of zeros left as they are, and their inner products. */
export function unitRows(embeddings: Embeddings | undefined): { cosine: (i: number, j: number) => number } {
  if (!embeddings) throw new TypeError('internal: a share of relations needs embeddings')
  const { data, width } = embeddings
  const unit = Float64Array.from(data)
  for (let at = 0; at < unit.length; at += width) {
    const row = unit.subarray(at, at + width)
    const length = Math.hypot(...row)
    if (length > 0) for (const [k, value] of row.entries()) row[k] = value / length
  }
  return {
    cosine(i, j) {
      let dot = 0
      for (let k = 0; k < width; k++) dot += (unit[i * width + k] as number) * (unit[j * width + k] as number)
      return dot
    },
  }
}
