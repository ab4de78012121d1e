/** Shares of several targets: what sites add up, and what rules make of it, head by head. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsOf, takeColumns } from '#distill/columns.ts'
import { headOf } from '#distill/heads.ts'
import { combine, combineHeads, kindsFor, type CombineRuleName } from '#distill/rules.ts'
import { joinHeads, kindsByHead, shareKinds, sharePartsOf, splitKinds } from '#distill/shares.ts'
import type { Dataset, NamedTargets } from '#engine/data/dataset.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { openRuntime } from '#engine/session/index.ts'
import { createSideInputs, shareValues } from './share-values.ts'

const heads = [3, 2, 2, 2] as const
const places = columnsOf(heads)
const unaided = heads.map(() => ({ weightsBy: {} }))

const logit = fc.integer({ min: -12, max: 12 }).map((k) => 0.37 * k + 0.11)
/** What one to four sites' networks give for as many rows. */
const answers = fc.integer({ min: 1, max: 5 }).chain((rows) =>
  fc.tuple(
    fc.constant(rows),
    fc.array(
      fc.array(logit, { minLength: 9 * rows, maxLength: 9 * rows }).map((each) => Float32Array.from(each)),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  ),
)

const summed = (kind: string, rows: number, sites: readonly Float32Array[]) => {
  const shape = { kind, rows, classes: 9, heads, temperature: 1 }
  const parts = sharePartsOf(shape)
  const sum = new Float64Array(parts.reduce((total, { length }) => total + length, 0))
  for (const logits of sites)
    shareValues(parts, { logits, rows, temperature: 1 }, unaided).forEach((value, at) => (sum[at]! += value))
  return { ...shape, sum, sites: sites.length }
}
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
/** How far the farthest of them is; not a number where they are not as many. */
const distance = (some: readonly number[], others: readonly number[]): number =>
  some.length === others.length ? Math.max(...some.map((value, at) => Math.abs(value - others[at]!))) : NaN

describe('the sum of shares of several targets', () => {
  it('is combined, each target by its rule, into what plain arrays give', () => {
    const rules = [
      'mean-probability',
      'gaussian-mixture',
      'mean-label-probability',
      'mean-probability',
    ] as const
    fc.assert(
      fc.property(answers, ([rows, sites]) => {
        const combined = combineHeads(
          rules,
          summed(joinHeads(rules.map((each) => kindsFor([each]))), rows, sites),
        )
        const [classes, numbers, labels, others] = places.map((place) => [...takeColumns(combined, place)])
        /** The sites' predictions of one head, site by site. */
        const said = (at: number, target: Pick<Dataset, 'classes' | 'standard' | 'multilabel'>) =>
          sites.map((logits) => headOf(target).predict(takeColumns(logits, places[at]!)))
        const means = (of: readonly Float32Array[]) =>
          [...of[0]!.keys()].map((i) => mean(of.map((each) => each[i]!)))
        expect(distance(classes!, means(said(0, { classes: ['a', 'b', 'c'] })))).toBeLessThan(1e-5)
        expect(distance(labels!, means(said(2, { classes: ['a', 'b'], multilabel: true })))).toBeLessThan(
          1e-5,
        )
        expect(distance(others!, means(said(3, { classes: ['a', 'b'] })))).toBeLessThan(1e-5)
        // Of a mixture: the mean of means, and the mean of variances and squares less the square of the mean.
        const gaussians = said(1, { classes: [], standard: { center: 0, spread: 1 } })
        const mixture = Array.from({ length: rows }, (_, row) => {
          const own = gaussians.map((each) => [each[2 * row]!, each[2 * row + 1]!] as const)
          const center = mean(own.map(([m]) => m))
          return [center, mean(own.map(([m, v]) => v + m ** 2)) - center ** 2]
        }).flat()
        // Beyond 8 spreads a mean or a variance is bounded.
        const bounded = Math.max(...gaussians.flatMap((each) => [...each].map(Math.abs))) < 8
        expect(bounded ? distance(numbers!, mixture) : 0).toBeLessThan(1e-4)
      }),
    )
  })

  const fitting: readonly (readonly CombineRuleName[])[] = [
    [
      'mean-probability',
      'mean-logit',
      'geometric-mean',
      'era',
      'entropy-weighted',
      'histogram-median',
      'votes',
    ],
    ['gaussian-mixture'],
    ['mean-label-probability', 'mean-label-logit'],
    ['mean-probability', 'mean-logit', 'histogram-median', 'votes'],
  ]

  it('is, by any rules, what each target alone would have had', () => {
    const some = fc.tuple(...fitting.map((rules) => fc.constantFrom(...rules)))
    fc.assert(
      fc.property(answers, some, ([rows, sites], rules) => {
        const together = combineHeads(
          rules,
          summed(joinHeads(rules.map((each) => kindsFor([each]))), rows, sites),
        )
        rules.forEach((rule, at) => {
          const [kind, classes] = [kindsFor([rule]), heads[at]!]
          const parts = sharePartsOf({ kind, rows, classes })
          const sum = new Float64Array(parts.reduce((total, { length }) => total + length, 0))
          for (const logits of sites) {
            const own = { logits: takeColumns(logits, places[at]!), rows, temperature: 1 }
            shareValues(parts, own, [{ weightsBy: {} }]).forEach((value, i) => (sum[i]! += value))
          }
          const single = combine(rule, { kind, rows, classes, temperature: 1, sum, sites: sites.length })
          expect(takeColumns(together, places[at]!)).toEqual(single)
        })
      }),
    )
  })
})

describe('the parts of a share of several targets', () => {
  it('follow each other head by head, each over the outputs of its own', () => {
    const kind = 'probabilities+class-weighted;gaussian-moments;label-logits'
    const parts = sharePartsOf({ kind, rows: 2, classes: 7, heads: [3, 2, 2] })
    // 2 rows of 3; 2 rows of 3 and 3 frequencies; 2 rows of as many moments as it says; 2 rows of 2.
    const moments = shareKinds['gaussian-moments'].length({ rows: 2, classes: 2 })
    expect(parts.map(({ name, head, offset, length }) => [name, head, offset, length])).toEqual([
      ['probabilities', 0, 0, 6],
      ['class-weighted', 0, 6, 9],
      ['gaussian-moments', 1, 15, moments],
      ['label-logits', 2, 15 + moments, 4],
    ])
    expect(parts.map(({ outputs }) => [outputs.from, outputs.count])).toEqual([
      [0, 3],
      [0, 3],
      [3, 2],
      [5, 2],
    ])
    expect(parts.at(-1)?.clip).toBe(shareKinds['label-logits'].clip)
  })

  it.each([
    ['fewer kinds than heads', 'probabilities;votes', [2, 2, 2]],
    ['more kinds than heads', 'probabilities;votes', [2]],
    ['kinds of several heads where there is one', 'probabilities;votes', undefined],
    ['an unknown kind', 'probabilities;loud', [2, 2]],
    ['a head without a kind', 'probabilities;', [2, 2]],
    ['kinds of a head in another order', 'probabilities;votes+probabilities', [2, 2]],
  ])('are none for %s', (_, kind, widths) => {
    const shape = { kind, ...(widths && { heads: widths }) }
    expect(kindsByHead(shape)).toBeUndefined()
    expect(sharePartsOf({ ...shape, rows: 1, classes: 4 })).toEqual([])
  })

  it('are written as they are read', () => {
    const kind = joinHeads([kindsFor(['era', 'votes']), kindsFor(['gaussian-mixture'])])
    expect(kindsByHead({ kind, heads: [2, 2] })).toEqual(kind.split(';').map(splitKinds))
  })
})

describe('what a site measures of several targets', () => {
  const labels = Int32Array.of(1, -1, 0)
  const values = Float32Array.of(NaN, 0.5, -1)
  const logits = Float32Array.of(0, 2, 0.5, 0, 3, 0, 0.2, 1, 1, 0, -0.4, 0)
  const rowsOf = (kept: readonly number[]) =>
    kept.flatMap((row) => [...logits.subarray(4 * row, 4 * row + 4)])

  it('counts of each target the rows that have it, and nothing of the others', () => {
    const shape = { kind: 'evaluation-counts;regression-counts', rows: 1, classes: 4, heads: [2, 2] }
    const parts = sharePartsOf(shape)
    const all = shareValues(parts, { logits, rows: 3, temperature: 1 }, [
      { labels, weightsBy: {} },
      { values, weightsBy: {} },
    ])
    parts.forEach(({ kind, clip, offset, length, outputs }, at) => {
      const kept = at === 0 ? [0, 2] : [1, 2]
      const own = kind.compute({
        logits: takeColumns(Float32Array.from(rowsOf(kept)), outputs),
        labels: labels.filter((label) => label >= 0),
        values: values.filter((value) => !Number.isNaN(value)),
        rows: 2,
        classes: outputs.count,
        temperature: 1,
        clip,
      })
      expect([...all.subarray(offset, offset + length)]).toEqual([...own])
    })
    // Of the second head: two rows, 0.1 and 0.4 or so from their values; a NaN would be none of these.
    expect(all[parts[1]!.offset]).toBe(2)
    expect(all.every(Number.isFinite)).toBe(true)
  })
})

describe('what a site says of its rows', () => {
  const named: readonly NamedTargets[] = [
    { name: 'risk', classes: ['low', 'high'], labels: Int32Array.of(0, 1, 1, -1, -1) },
    { name: 'kind', classes: ['a', 'b'], labels: Int32Array.of(-1, -1, -1, 0, 0) },
  ]
  const training: Dataset = {
    rows: 5,
    features: 1,
    inputs: Float32Array.of(0, 0.1, 0.2, 9, 9.1),
    classes: [],
    heads: named,
  }
  const schema: FeatureSchema = {
    version: 1,
    features: {
      kind: 'table',
      columns: [{ name: 'x', kind: 'numeric', center: 0, spread: 1, missing: 'reject' }],
      missingMarkers: [],
    },
    target: { classes: named[0]!.classes.map((name) => ({ name, values: [name] })) },
  }

  it('is of the rows that have the target, head by head', async () => {
    const parts = sharePartsOf({
      kind: 'class-weighted+radius-gated;class-weighted+radius-gated',
      rows: 2,
      classes: 4,
      heads: [2, 2],
    })
    const transfer: Dataset = { rows: 2, features: 1, inputs: Float32Array.of(0.1, 9), classes: [] }
    const { inputs, rows } = transfer
    const sides = await createSideInputs(
      await openRuntime(),
      training,
      schema,
    )(parts, {
      inputs,
      rows,
      transfer,
      transferHash: 'a',
    })
    expect(sides.map(({ classFrequencies }) => classFrequencies)).toEqual([
      [1 / 3, 2 / 3],
      [1, 0],
    ])
    const [near, far] = sides.map(({ weightsBy }) => [...(weightsBy.radius ?? [])])
    expect(near![0]).toBeGreaterThan(near![1]!)
    expect(far![1]).toBeGreaterThan(far![0]!)
  })
})
