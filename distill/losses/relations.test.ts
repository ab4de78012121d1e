/** Relations and features, against values worked out by hand and what each loss must not notice. */
import { describe, expect, it } from 'vitest'
import type { Expr } from '#engine/expr.ts'
import { regroup, reshape } from '#engine/ops.ts'
import { computeLoss, differencesOf, type Trial } from '../../test/support/loss-lab.ts'
import { attentionMap, attentionRows, hintRows } from './features.ts'
import { relationLosses } from './relations.ts'

type Name = keyof typeof relationLosses
type Loss = Parameters<typeof computeLoss>[0]

/** Features of a block of `size` items, whose Gram matrix is the batch's `gram`. */
const relation =
  (name: Name, size: number): Loss =>
  (features, { gram }) =>
    relationLosses[name].loss(regroup(features, [size, features.shape[1]!]), regroup(gram!, [size, size]))

const gramOf = (features: readonly (readonly number[])[]): number[] =>
  features.flatMap((a) => features.map((b) => a.reduce((dot, x, k) => dot + x * b[k]!, 0)))

async function of(name: Name, student: readonly (readonly number[])[], gram: readonly number[]) {
  const trial = { logits: student.flat(), width: student[0]!.length, batch: { gram } }
  return (await computeLoss(relation(name, student.length), trial)).values[0]!
}

const corner = [
  [0, 0],
  [1, 0],
  [0, 1],
]

describe('a relation', () => {
  it('of rows of the Gram matrix (sp)', async () => {
    // Student at (1, 0) and (0, 1): rows (1, 0), (0, 1). Teachers at one place: rows (1, 1) / sqrt 2, both.
    // Each row lies (1 - r)^2 + r^2 = 2 - 2 r off, r = 1 / sqrt 2; twice that over 2^2 entries is 1 - r.
    expect(await of('sp', corner.slice(1), [1, 1, 1, 1])).toBeCloseTo(1 - Math.SQRT1_2, 6)
  })

  it('of distances and angles (rkd)', async () => {
    // The student's triangle has sides 1, 1, sqrt 2, and cosines 0, r, r; the teachers' sides and cosines are equal, 1
    // and 1/2. m = (2 + sqrt 2) / 3 is the mean side: sides 1/m, 1/m, sqrt 2/m against 1, each twice among 9 pairs.
    // Of 27 triples [i, j, k] with j apart from i and k, six have all three apart, a corner in both turns; in the
    // other six i = k, and both cosines are 1.
    const m = (2 + Math.SQRT2) / 3
    const sides = (2 * (1 / m - 1) ** 2 + (Math.SQRT2 / m - 1) ** 2) / 9
    const angles = (0.5 ** 2 + 2 * (Math.SQRT1_2 - 0.5) ** 2) / 27
    const equal = [1, 0.5, 0.5, 0.5, 1, 0.5, 0.5, 0.5, 1]
    expect(await of('rkd', corner, equal)).toBeCloseTo(25 * sides + 50 * angles, 6)
  })

  it('of neighbours (pkt)', async () => {
    // Student at right angles: similarities 1 and 1/2, shares 2/3 and 1/3. Teachers at one place: 1/2 and 1/2.
    // The mean over four pairs of t log(t / s) = (log(3/4) + log(3/2)) / 2 for each of two items, over two.
    const expected = (0.5 * Math.log(3 / 4) + 0.5 * Math.log(3 / 2)) / 2
    expect(await of('pkt', corner.slice(1), [1, 1, 1, 1])).toBeCloseTo(expected, 6)
  })

  it('of centred Gram matrices (cka)', async () => {
    // On a line at -1, 0, 1 against 1, -2, 1: the centred columns are at right angles, and CKA is 0.
    const line = [[-1], [0], [1]]
    expect(await of('cka', line, gramOf([[1], [-2], [1]]))).toBeCloseTo(1, 6)
    expect(await of('cka', line, gramOf([[3], [5], [7]]))).toBeCloseTo(0, 6)
  })

  const names = Object.keys(relationLosses) as Name[]
  const student = [
    [0.5, -1, 2],
    [1, 0.3, -0.7],
    [-1.2, 0.8, 0.1],
    [0.4, 1.5, 0.9],
  ]
  const teachers = [
    [1, 0.2],
    [-0.5, 1],
    [0.3, -1.4],
    [2, 0.6],
  ]

  it.each(names)('does not notice width, nor how the student’s features are turned: %s', async (name) => {
    const gram = gramOf(teachers)
    const turned = student.map(([x, y, z]) => [0.6 * x! - 0.8 * y!, 0.8 * x! + 0.6 * y!, z!, 0])
    expect(await of(name, turned, gram)).toBeCloseTo(await of(name, student, gram), 8)
  })

  it.each(names)('is 0 where the student’s items lie as the teachers’ do, at any scale: %s', async (name) => {
    const tripled = teachers.map((row) => row.map((x) => 3 * x))
    expect(await of(name, tripled, gramOf(teachers))).toBeCloseTo(0, 6)
  })

  it.each(names)('reaches the student with the slope that central differences show: %s', async (name) => {
    const trial: Trial = { logits: student.flat(), width: 3, batch: { gram: gramOf(teachers) } }
    const { slope } = await computeLoss(relation(name, 4), trial)
    expect(Math.max(...slope.map(Math.abs))).toBeGreaterThan(1e-3)
    const shown = await differencesOf(relation(name, 4), trial)
    for (const [i, each] of shown.entries()) expect(slope[i]).toBeCloseTo(each, 5)
  })
})

describe('features', () => {
  it('look where their channels are large, whatever their number', async () => {
    // Two channels of 7 x 7 places, (1, 2) in the first row's first and (2, 0) in its second, 0 elsewhere: energies 5/2
    // and 2; of length 1, (5, 4) / sqrt 41.
    const map: Loss = (x) => attentionMap(reshape(x, ['batch', 2, 7, 7]))
    const logits = Array.from({ length: 98 }, () => 0)
    ;[logits[0], logits[1], logits[49]] = [1, 2, 2]
    const { values } = await computeLoss(map, { logits, width: 98, batch: {} })
    expect(values).toHaveLength(49)
    expect(values[0]).toBeCloseTo(5 / Math.sqrt(41), 9)
    expect(values[1]).toBeCloseTo(4 / Math.sqrt(41), 9)
    expect(values.slice(2).every((value) => value === 0)).toBe(true)
  })

  it.each<[string, (student: Expr, target: Expr) => Expr, number]>([
    // (3, 4) against (0, 2); of maps the second points at (0, 1).
    ['maps', attentionRows, (9 + 9) / 2],
    ['hints', hintRows, (9 + 4) / 2],
  ])('are pulled towards the teachers’: %s', async (_, loss, expected) => {
    const trial = { logits: [3, 4], width: 2, batch: { target: [0, 2] } }
    const build: Loss = (x, { target }) => loss(x, target!)
    const { values, slope } = await computeLoss(build, trial)
    expect(values[0]).toBeCloseTo(expected, 9)
    for (const [i, shown] of (await differencesOf(build, trial)).entries())
      expect(slope[i]).toBeCloseTo(shown, 6)
  })
})
