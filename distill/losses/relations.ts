/**
 * Losses of relations: how items lie to each other in the student's features, against how they lie in the teachers'.
 *
 * What teachers say about a block of B items is one Gram matrix G [B, B], the inner products of their embeddings.
 * A sum of the sites' Gram matrices is that of all their embeddings side by side, whatever their widths, and so
 * one sum serves every loss here; distances and cosines follow from it:
 *
 *     d_ij^2 = G_ii + G_jj - 2 G_ij       cos_ij = G_ij / sqrt(G_ii G_jj)
 *
 * `features` are the student's on the same items in the same order, [B, width] with B known; each loss is a scalar,
 * whose weight beside others is `usualWeight`, RepDistiller's where it has the loss.
 */
import { constant, type Expr } from '#engine/expr.ts'
import {
  abs,
  add,
  div,
  less,
  log,
  matmul,
  maximum,
  mean,
  mul,
  reshape,
  sqrt,
  square,
  sub,
  sum,
  where,
} from '#engine/ops.ts'

export interface RelationLoss {
  readonly usualWeight: number
  readonly loss: (features: Expr, gram: Expr) => Expr
}

/** Keeps roots and quotients of what is 0 finite. */
const TINY = 1e-12

/** [B, B] of features [B, width]. */
export const gramOf = (features: Expr): Expr => matmul(features, features, { transposeB: true })

/**
 * Similarity-preserving (Tung and Mori, arXiv 1907.09682): |G_s' - G_t'|^2 / B^2 for matrices whose
 * rows are brought to length 1.
 */
const sp: RelationLoss = {
  usualWeight: 3000,
  loss: (features, gram) => mean(square(sub(unitRows(gramOf(features)), unitRows(gram)))),
}

/**
 * Relational (Park et al., arXiv 1904.05068): smooth L1 between distances, brought to mean 1, with
 * weight 25, and between the cosines of the angles that triples of items make, with weight 50. The second takes B^3
 * numbers.
 */
const rkd: RelationLoss = {
  usualWeight: 1,
  loss: (features, gram) => {
    const student = gramOf(features)
    const distances = mean(smoothL1(meanOne(distancesIn(student)), meanOne(distancesIn(gram))))
    const angles = mean(smoothL1(anglesIn(student), anglesIn(gram)))
    return add(mul(distances, 25), mul(angles, 50))
  },
}

/**
 * Probabilistic (Passalis and Tefas, arXiv 1803.10837): KL between the shares that an item's neighbours
 * have of its similarity (cos + 1) / 2, the mean over all pairs.
 */
const pkt: RelationLoss = {
  usualWeight: 30_000,
  loss: (features, gram) => {
    const [student, teachers] = [gramOf(features), gram].map(neighbours) as [Expr, Expr]
    const ratio = div(add(teachers, 1e-7), add(student, 1e-7))
    return mean(mul(teachers, log(ratio)))
  },
}

/** 1 - linear CKA (Kornblith et al., arXiv 1905.00414): unmoved by turning or scaling either side. */
const cka: RelationLoss = {
  usualWeight: 1,
  loss: (features, gram) => {
    const [student, teachers] = [gramOf(features), gram].map(doublyCentred) as [Expr, Expr]
    const sizes = mul(sum(square(student)), sum(square(teachers)))
    return sub(1, div(sum(mul(student, teachers)), sqrt(add(sizes, TINY))))
  },
}

export const relationLosses = { sp, rkd, pkt, cka } as const

export type RelationLossName = keyof typeof relationLosses
export const relationLossNames = Object.keys(relationLosses) as [RelationLossName, ...RelationLossName[]]

// ---------------------------------------------------------------------------------------------------------
// What a Gram matrix says, each [B, B] unless told.

const blockOf = (gram: Expr): number => gram.shape[0] as number

const identity = (size: number): Expr =>
  constant(
    Float64Array.from({ length: size * size }, (_, i) => Number(i % size === Math.floor(i / size))),
    [size, size],
  )

/** Squared lengths, as a column [B, 1] and as a row [1, B]. */
function lengthsIn(gram: Expr): { column: Expr; row: Expr } {
  const size = blockOf(gram)
  const diagonal = sum(mul(gram, identity(size)), [-1])
  return { column: reshape(diagonal, [size, 1]), row: reshape(diagonal, [1, size]) }
}

/** 0 for an item and itself, and no slope there, where a root has none. */
function distancesIn(gram: Expr): Expr {
  const { column, row } = lengthsIn(gram)
  const squared = sub(add(column, row), mul(gram, 2))
  return mul(sqrt(maximum(squared, TINY)), sub(1, identity(blockOf(gram))))
}

/** Divided by the mean over pairs of different items. */
function meanOne(distances: Expr): Expr {
  const size = blockOf(distances)
  return div(distances, add(div(sum(distances), size * (size - 1)), TINY))
}

/**
 * The cosine at item j between items i and k, [i, j, k]: (G_ik - G_ij - G_jk + G_jj) / d_ij d_jk, and 0 where two of
 * the three are one.
 */
function anglesIn(gram: Expr): Expr {
  const size = blockOf(gram)
  const ij = (x: Expr): Expr => reshape(x, [size, size, 1])
  const jk = (x: Expr): Expr => reshape(x, [1, size, size])
  const ik = reshape(gram, [size, 1, size])
  const jj = reshape(lengthsIn(gram).row, [1, size, 1])
  const distances = distancesIn(gram)
  const dot = add(sub(sub(ik, ij(gram)), jk(gram)), jj)
  const apart = sub(1, identity(size))
  const lengths = mul(ij(distances), jk(distances))
  return mul(div(dot, maximum(lengths, TINY)), mul(ij(apart), jk(apart)))
}

/** Rows that add up to 1. */
function neighbours(gram: Expr): Expr {
  const { column, row } = lengthsIn(gram)
  const cosine = div(gram, sqrt(maximum(mul(column, row), TINY)))
  const similar = mul(add(cosine, 1), 0.5)
  return div(similar, sum(similar, [-1], { keepDims: true }))
}

const unitRows = (x: Expr): Expr => div(x, sqrt(add(sum(square(x), [-1], { keepDims: true }), TINY)))

/** H G H with H = I - 1/B: less the means of its row and its column, plus the mean of all. */
function doublyCentred(gram: Expr): Expr {
  const rows = sub(gram, mean(gram, [-1], { keepDims: true }))
  return sub(rows, mean(rows, [0], { keepDims: true }))
}

const smoothL1 = (a: Expr, b: Expr): Expr => {
  const error = sub(a, b)
  const size = abs(error)
  return where(less(size, 1), mul(square(error), 0.5), sub(size, 0.5))
}
