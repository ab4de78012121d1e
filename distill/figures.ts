/** From what each seed measured to figures: means over seeds with their intervals, and the order of those who have them. */
import { seededRandom } from '#engine/random.ts'
import { fidelityNames, leadingMetric, mapNames, metricNames, type Measured } from './measured.ts'
import { labelFigures, meanOf, type ClassMetrics, type ReliabilityBin } from './metrics.ts'
import type { Figure, MetricsReport, Report } from './report.ts'

/** The measurements of one arm, over seeds. */
export function summarise(measured: readonly Measured[], classes: readonly string[]): MetricsReport {
  const present = [...metricNames, ...fidelityNames].filter((name) =>
    measured.some((metrics) => metrics[name] !== undefined),
  )
  const reliability = measured.flatMap((metrics) => (metrics.reliability ? [metrics.reliability] : []))
  const heads = measured[0]?.heads?.map(({ name, task, classes: ofHead }, at) => ({
    name,
    task,
    classes: [...ofHead],
    metrics: summarise(
      measured.flatMap((metrics) => metrics.heads?.[at]?.metrics ?? []),
      ofHead,
    ),
  }))
  return {
    ...mapNames(present, (name) => figure(measured.map((metrics) => metrics[name] ?? null))),
    perClass: classes.map((name, index) => {
      const mean = (key: keyof ClassMetrics) =>
        meanOf(measured.map(({ perClass }) => perClass?.[index]?.[key] ?? null))
      const own = labelFigures.filter((key) =>
        measured.some(({ perClass }) => perClass?.[index]?.[key] !== undefined),
      )
      return {
        class: name,
        support: mean('support') ?? 0,
        precision: mean('precision'),
        recall: mean('recall'),
        f1: mean('f1'),
        ...mapNames(own, mean),
      }
    }),
    ...(reliability.length > 0 && { reliability: addedBins(reliability) }),
    ...(heads && { heads }),
  }
}

const RESAMPLES = 2000

/**
 * Mean and 95 % percentile bootstrap interval of the mean (Efron 1979): 2,000 resamples from a fixed seed, so
 * that equal values give an equal report. One value is its own interval.
 */
export function figure(values: readonly (number | null)[]): Figure {
  const known = values.filter((value) => value !== null)
  const mean = meanOf(known)
  if (mean === null) return { mean, ci95: null, values: [...values] }
  const random = seededRandom('bootstrap')
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0
    for (let i = 0; i < known.length; i++) sum += known[random.integer(known.length)] ?? 0
    return sum / known.length
  }).sort()
  const quantile = (q: number) => means[Math.round(q * (RESAMPLES - 1))] ?? mean
  return { mean, ci95: [quantile(0.025), quantile(0.975)], values: [...values] }
}

/** Entries of sites, from the best mean of the leading metric to the worst; unknown ones count as worst. */
export function bestFirst<T extends { readonly metrics: MetricsReport }>(
  task: Report['task'],
  sites: readonly T[],
): T[] {
  const { name, better } = leadingMetric[task]
  const sign = better === 'higher' ? 1 : -1
  const score = ({ metrics }: T): number => sign * (metrics[name]?.mean ?? -sign * Infinity)
  return sites.toSorted((a, b) => score(b) - score(a) || 0)
}

function addedBins(seeds: readonly (readonly ReliabilityBin[])[]): ReliabilityBin[] {
  const bins = Math.max(...seeds.map(({ length }) => length))
  const total = (bin: number, key: 'rows' | 'confidence' | 'correct') =>
    seeds.reduce((sum, seed) => sum + (seed[bin]?.[key] ?? 0), 0)
  return Array.from({ length: bins }, (_, bin) => ({
    rows: total(bin, 'rows'),
    confidence: total(bin, 'confidence'),
    correct: total(bin, 'correct'),
  }))
}
