import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gateBounds } from './gates/gate.ts'
import { combine, disagreementOf, kindsFor, ruleNames, taskOfRule, type CombineRuleName } from './rules.ts'
import { medianOfBins } from './rules/histogram-median.ts'
import { sharePartsOf } from './shares.ts'
import { HISTOGRAM_BINS } from './shares/histogram.ts'
import { softmaxRows } from './softmax.ts'

/** What one site brings. */
interface Site {
  readonly logits: readonly number[]
  /** For each row, where between its gate's bounds the weight lies. */
  readonly places: readonly number[]
  readonly counts: readonly number[]
}
interface Asked {
  readonly rows: number
  readonly classes: number
  readonly labels: readonly number[]
  readonly sites: readonly Site[]
}

const array = <T>(of: fc.Arbitrary<T>, length: number) =>
  fc.array(of, { minLength: length, maxLength: length })

const asked: fc.Arbitrary<Asked> = fc
  .record({ classes: fc.integer({ min: 2, max: 4 }), rows: fc.integer({ min: 1, max: 4 }) })
  .chain(({ classes, rows }) =>
    fc.record({
      rows: fc.constant(rows),
      classes: fc.constant(classes),
      labels: array(fc.integer({ min: -1, max: classes - 1 }), rows),
      sites: fc.array(
        fc.record({
          logits: array(fc.float({ min: -3, max: 3, noNaN: true }), rows * classes),
          places: array(fc.double({ min: 0, max: 1, noNaN: true }), rows),
          counts: array(fc.nat(9), classes).filter((counts) => counts.some((count) => count > 0)),
        }),
        { minLength: 1, maxLength: 5 },
      ),
    }),
  )

const frequenciesOf = ({ counts }: Site) => counts.map((count) => count / counts.reduce((a, b) => a + b))
const weightOf = (gate: keyof typeof gateBounds, place: number) =>
  gateBounds[gate].least + place * (gateBounds[gate].most - gateBounds[gate].least)

/** As a federation does it: every site's share, their sum, the rule. */
function bySums(rule: CombineRuleName, { rows, classes, labels, sites }: Asked, temperature: number) {
  const share = { kind: kindsFor([rule]), rows, classes, temperature }
  const parts = sharePartsOf(share)
  const sum = new Float64Array(parts.reduce((total, { length }) => total + length, 0))
  for (const site of sites)
    for (const { kind, clip, offset } of parts) {
      const { gate } = kind
      kind
        .compute({
          logits: Float32Array.from(site.logits),
          rows,
          classes,
          temperature,
          clip,
          labels: Int32Array.from(labels),
          classFrequencies: frequenciesOf(site),
          ...(gate && { weights: site.places.map((place) => weightOf(gate, place)) }),
        })
        .forEach((value, i) => (sum[offset + i] = (sum[offset + i] ?? 0) + value))
    }
  return combine(rule, { ...share, sum, sites: sites.length })
}

type Direct = (asked: Asked, row: number, p: readonly (readonly number[])[], temperature: number) => number[]

const scaled = (values: readonly number[]) => {
  const sum = values.reduce((a, b) => a + b, 0)
  return values.map((value) => (sum > 0 ? value / sum : 1 / values.length))
}
const weightedMean = (p: readonly (readonly number[])[], weights: readonly number[]) =>
  scaled((p[0] ?? []).map((_, c) => p.reduce((sum, own, k) => sum + (own[c] ?? 0) * (weights[k] ?? 0), 0)))

/** The papers' own formulas over doubts d: w_k = (1 - d_k / sum d) / (K - 1). */
const lessDoubtful = (p: readonly (readonly number[])[], doubts: readonly number[]) => {
  const sum = doubts.reduce((a, b) => a + b, 0)
  const weights = doubts.map((doubt) => (p.length > 1 && sum > 0 ? (1 - doubt / sum) / (p.length - 1) : 1))
  return weightedMean(p, weights)
}
const gated =
  (gate: keyof typeof gateBounds): Direct =>
  ({ sites }, row, p) =>
    weightedMean(
      p,
      sites.map(({ places }) => weightOf(gate, places[row] ?? 0)),
    )

const countHeads: Direct = ({ sites, classes }, row) => {
  const heads = Array.from({ length: classes }, () => 0)
  for (const { logits } of sites) {
    const own = logits.slice(row * classes, (row + 1) * classes)
    heads[own.indexOf(Math.max(...own))]!++
  }
  return scaled(heads)
}

type RuleOfClasses = Exclude<
  CombineRuleName,
  'gaussian-mixture' | 'mean-label-probability' | 'mean-label-logit'
>

/** What each rule says with every site's predictions `p` at one row on the table. */
const directly: Readonly<Record<RuleOfClasses, Direct>> = {
  'mean-probability': (_, __, p) =>
    weightedMean(
      p,
      p.map(() => 1),
    ),
  votes: countHeads,
  plurality: countHeads,
  'mean-logit': (_, __, p) =>
    scaled((p[0] ?? []).map((_, c) => p.reduce((x, own) => x * (own[c] ?? 0) ** (1 / p.length), 1))),
  'geometric-mean': (_, __, p) =>
    scaled(
      (p[0] ?? []).map((_, c) =>
        p.reduce((x, own) => x * Math.max(Math.exp(-8), own[c] ?? 0) ** (1 / p.length), 1),
      ),
    ),
  era: (_, __, p) =>
    scaled(
      weightedMean(
        p,
        p.map(() => 1),
      ).map((value) => Math.exp(value / 0.1)),
    ),
  'entropy-weighted': (_, __, p) =>
    lessDoubtful(
      p,
      p.map((own) => own.reduce((sum, value) => sum - value * Math.log(value), 0)),
    ),
  'confidence-weighted': ({ labels }, row, p) => {
    const label = labels[row] ?? -1
    return lessDoubtful(
      p,
      p.map((own) => (label < 0 ? 1 : 1 / Math.max(0.05, own[label] ?? 0))),
    )
  },
  'class-weighted': ({ sites, classes }, _, p) =>
    scaled(
      Array.from({ length: classes }, (_, c) => {
        const weights = sites.map((site) => frequenciesOf(site)[c] ?? 0)
        const all = weights.reduce((a, b) => a + b, 0)
        return all > 0 ? weights.reduce((sum, weight, k) => sum + weight * (p[k]?.[c] ?? 0), 0) / all : 0
      }),
    ),
  'prior-corrected': ({ sites, classes }, _, p, temperature) => {
    const corrected = sites.map((site, k) => {
      const f = frequenciesOf(site)
      // p is softened already: T log p differs from the unsoftened log-probability by a constant of the row.
      const own = f.map((value, c) =>
        value > 0 ? Math.log(p[k]?.[c] ?? 0) - Math.log(value) / temperature : undefined,
      )
      const known = own.filter((value) => value !== undefined)
      const mean = known.reduce((a, b) => a + b, 0) / known.length
      return own.map((value) => (value === undefined ? undefined : Math.max(-8, Math.min(8, value - mean))))
    })
    return scaled(
      Array.from({ length: classes }, (_, c) => {
        const said = corrected.flatMap((values) => values[c] ?? [])
        return said.length > 0 ? Math.exp(said.reduce((a, b) => a + b, 0) / said.length) : 0
      }),
    )
  },
  'radius-gated': gated('radius'),
  'k-means-gated': gated('k-means'),
  'class-means-gated': gated('class-means'),
  'density-ratio': gated('density-ratio'),
  'histogram-median': ({ classes }, _, p) =>
    scaled(
      Array.from({ length: classes }, (_, c) => {
        const bins = new Float64Array(HISTOGRAM_BINS)
        for (const own of p) bins[Math.floor((own[c] ?? 0) * HISTOGRAM_BINS)]! += 1
        return medianOfBins(bins, p.length)
      }),
    ),
}

/** Those of classes; shares/gaussian.test.ts has the one of numbers. */
const rulesOfClasses = ruleNames.filter((rule): rule is RuleOfClasses => taskOfRule(rule) === 'classify')

describe.each(rulesOfClasses)('%s', (rule) => {
  it('says of sums what it says of every prediction on the table', () => {
    fc.assert(
      fc.property(asked, fc.constantFrom(1, 2, 4), (one, temperature) => {
        const targets = bySums(rule, one, temperature)
        for (let row = 0; row < one.rows; row++) {
          const [from, to] = [row * one.classes, (row + 1) * one.classes]
          const p = one.sites.map(({ logits }) => [
            ...softmaxRows(logits.slice(from, to), one.classes, temperature),
          ])
          const expected = directly[rule](one, row, p, temperature)
          expected.forEach((value, c) => expect(targets[from + c]).toBeCloseTo(value, 4))
        }
      }),
    )
  })

  it('gives rows that add up to one, even where the sums say nothing', () => {
    const share = { kind: kindsFor([rule]), rows: 2, classes: 3, temperature: 1 }
    const length = sharePartsOf(share).reduce((total, part) => total + part.length, 0)
    const targets = combine(rule, { ...share, sum: new Float64Array(length), sites: 3 })
    expect(targets[0]! + targets[1]! + targets[2]!).toBeCloseTo(1, 6)
    expect(targets[3]! + targets[4]! + targets[5]!).toBeCloseTo(1, 6)
  })
})

describe('a rule', () => {
  it('mends rows whose sum fixed point left a unit off', () => {
    const sum = Float64Array.of(1.4, 0.61)
    const share = { kind: 'probabilities', rows: 1, classes: 2, temperature: 1, sum, sites: 2 }
    const [a, b] = combine('mean-probability', share)
    expect(a! + b!).toBeCloseTo(1, 7)
  })

  it('sharpens by entropy reduction as the paper has it', () => {
    // softmax([.6, .4] / .1) = 1 / (1 + e^-2) = .880797
    const share = { kind: 'probabilities', rows: 1, classes: 2, temperature: 1, sites: 2 }
    expect(combine('era', { ...share, sum: Float64Array.of(1.2, 0.8) })[0]).toBeCloseTo(0.880797, 6)
  })

  it('needs nothing more to finalize what another has asked for', () => {
    expect(kindsFor(['era', 'mean-probability'])).toBe('probabilities')
    expect(kindsFor(['entropy-weighted', 'era'])).toBe('probabilities+entropy-weighted')
  })

  it('finds a median in bins to within a bin, whatever less than half of the sites say', () => {
    const bins = new Float64Array(16)
    bins[4] = 3 // in [.25, .3125)
    bins[15] = 2 // two of five lie
    // The half, 2.5 of the 3 in the bin, is 2.5/3 into it.
    expect(medianOfBins(bins, 5)).toBeCloseTo((4 + 2.5 / 3) / 16, 12)
  })
})

describe('disagreementOf', () => {
  const shareOf = (...predictions: number[][]) => ({
    kind: 'floored-log-probabilities',
    rows: 1,
    classes: 2,
    temperature: 1,
    sites: predictions.length,
    sum: Float64Array.from([0, 1], (c) => predictions.reduce((sum, p) => sum + Math.log(p[c]!), 0)),
  })

  it('is how far the geometric mean falls short of one', () => {
    // sqrt(.9 x .1) = .3, twice: -ln .6.
    const apart = shareOf([0.9, 0.1], [0.1, 0.9])
    expect(disagreementOf('geometric-mean', apart)![0]).toBeCloseTo(-Math.log(0.6), 6)
    expect(combine('geometric-mean', apart)[0]).toBeCloseTo(0.5, 6)
  })

  it('is 0 where all say the same, and where a floor makes more than one of it', () => {
    expect(disagreementOf('geometric-mean', shareOf([0.9, 0.1], [0.9, 0.1]))![0]).toBeCloseTo(0, 6)
    expect(disagreementOf('geometric-mean', shareOf([1, Math.exp(-8)]))![0]).toBe(0)
  })

  it('is not told by rules that do not know', () => {
    expect(
      disagreementOf('mean-probability', { ...shareOf([0.9, 0.1]), kind: 'probabilities' }),
    ).toBeUndefined()
  })
})
