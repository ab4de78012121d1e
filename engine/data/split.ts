/**
 * Who holds which rows. Every function deals row indices, looks at labels at most, draws all chance from
 * the generator passed in, and loses or repeats no row.
 */
import { EngineError } from '../errors.ts'
import type { Random } from '../random.ts'
import { readCsv } from './csv.ts'

export interface SiteRows {
  readonly site: string
  readonly rows: Int32Array
}

/** 0, 1, ..., rows - 1. */
export function allRows(rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row)
}

/**
 * Sets rows aside: a fraction in (0, 1) of them, rounded, or a count when `amount` >= 1. With labels (one
 * per row of the whole dataset) each class gives its share, by largest remainder. Both parts keep the
 * order of `rows`.
 */
export function holdOut(
  rows: Int32Array,
  amount: number,
  random: Random,
  labels?: Int32Array,
): { kept: Int32Array; held: Int32Array } {
  const wanted = amount < 1 ? Math.round(amount * rows.length) : Math.min(amount, rows.length)
  const groups = labels ? groupBy(rows, (row) => labels[row] ?? 0) : [rows]
  const quotas = largestRemainder(
    groups.map((group) => group.length),
    wanted,
  )
  const held = new Set(
    groups.flatMap((group, index) => Array.from(random.shuffle(group.slice()).subarray(0, quotas[index]))),
  )
  return { kept: rows.filter((row) => !held.has(row)), held: rows.filter((row) => held.has(row)) }
}

/** A random deal into `sites` parts whose sizes differ by at most one. */
export function splitIid(rows: Int32Array, sites: number, random: Random): SiteRows[] {
  const shuffled = random.shuffle(rows.slice())
  const edge = (site: number) => Math.floor((site * rows.length) / sites)
  return named(Array.from({ length: sites }, (_, site) => shuffled.slice(edge(site), edge(site + 1))))
}

/**
 * Label skew: for each class, the sites' shares are drawn from Dirichlet(concentration, ..., concentration);
 * 100 is nearly even, 0.1 leaves most sites a few classes (Hsu, Qi, Brown, arXiv 1909.06335). A site left
 * with nothing takes one row from the largest.
 */
export function splitDirichlet(
  rows: Int32Array,
  labels: Int32Array,
  sites: number,
  concentration: number,
  random: Random,
): SiteRows[] {
  const parts = Array.from({ length: sites }, (): number[] => [])
  for (const group of groupBy(rows, (row) => labels[row] ?? 0)) {
    const quotas = largestRemainder(dirichlet(sites, concentration, random), group.length)
    let at = 0
    const shuffled = random.shuffle(group.slice())
    parts.forEach((part, site) => {
      for (const end = at + (quotas[site] ?? 0); at < end; at++) part.push(shuffled[at] ?? 0)
    })
  }
  for (const part of parts) {
    if (part.length > 0) continue
    const largest = parts.reduce((a, b) => (b.length > a.length ? b : a))
    if (largest.length > 1) part.push(...largest.splice(-1))
  }
  return named(parts.map((part) => Int32Array.from(part)))
}

/**
 * Label skew by shards (McMahan et al. 2017, section 3): rows are sorted by label, cut into
 * sites x perSite runs of equal size, and each site is dealt `perSite` of them.
 */
export function splitShards(
  rows: Int32Array,
  labels: Int32Array,
  sites: number,
  perSite: number,
  random: Random,
): SiteRows[] {
  const sorted = groupBy(random.shuffle(rows.slice()), (row) => labels[row] ?? 0).flatMap((group) => [
    ...group,
  ])
  const shards = sites * perSite
  const edge = (shard: number) => Math.floor((shard * sorted.length) / shards)
  const deal = random.shuffle(allRows(shards))
  return named(
    Array.from({ length: sites }, (_, site) =>
      Int32Array.from(
        [...deal.subarray(site * perSite, (site + 1) * perSite)].flatMap((shard) =>
          sorted.slice(edge(shard), edge(shard + 1)),
        ),
      ),
    ),
  )
}

/** One site for each distinct value, in order of first appearance; `values` has one entry per row of the dataset. */
export function splitByValue(rows: Int32Array, values: readonly string[]): SiteRows[] {
  const sites = new Map<string, number[]>()
  for (const row of rows) {
    const site = values[row] ?? ''
    const members = sites.get(site)
    if (members) members.push(row)
    else sites.set(site, [row])
  }
  return [...sites].map(([site, members]) => ({ site, rows: Int32Array.from(members) }))
}

/**
 * Reads an assignment of rows to sites: CSV with the columns `row` (0-based) and `site`. Every row of the
 * dataset must appear exactly once. Returns one site name per row; rejects with `DATA_FORMAT`, naming the row.
 */
export function readAssignment(bytes: Uint8Array, rows: number): string[] {
  const table = readCsv(bytes)
  const rowAt = table.columns.indexOf('row')
  const siteAt = table.columns.indexOf('site')
  if (rowAt < 0 || siteAt < 0)
    throw new EngineError(
      'DATA_MISSING_COLUMN',
      'An assignment of rows to sites has the columns "row" and "site".',
    )
  const sites: (string | undefined)[] = Array.from({ length: rows }, () => undefined)
  for (const cells of table.rows) {
    const row = Number(cells[rowAt])
    if (!Number.isInteger(row) || row < 0 || row >= rows)
      throw new EngineError(
        'DATA_FORMAT',
        `The assignment names row "${cells[rowAt]}"; the data has rows 0 to ${rows - 1}.`,
      )
    if (sites[row] !== undefined)
      throw new EngineError('DATA_FORMAT', `The assignment names row ${row} twice.`)
    sites[row] = cells[siteAt] ?? ''
  }
  return sites.map((site, row) => {
    if (site === undefined) throw new EngineError('DATA_FORMAT', `The assignment leaves out row ${row}.`)
    return site
  })
}

/** Site names in the order they sort: site-01, site-02, ... */
function named(parts: readonly Int32Array[]): SiteRows[] {
  const digits = Math.max(2, String(parts.length).length)
  return parts.map((rows, index) => ({ site: `site-${String(index + 1).padStart(digits, '0')}`, rows }))
}

/** Rows by key, keys in ascending order, the order of rows kept. */
function groupBy(rows: Int32Array, key: (row: number) => number): Int32Array[] {
  const groups = new Map<number, number[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, members]) => Int32Array.from(members))
}

/** Whole numbers in proportion to `weights` that add up to `total`; ties go to the earlier. */
export function largestRemainder(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((weight) => (sum > 0 ? (weight / sum) * total : total / weights.length))
  const whole = exact.map(Math.floor)
  const missing = total - whole.reduce((a, b) => a + b, 0)
  const byRemainder = exact.map((value, index) => ({ index, rest: value - Math.floor(value) }))
  byRemainder.sort((a, b) => b.rest - a.rest || a.index - b.index)
  for (const { index } of byRemainder.slice(0, missing)) whole[index] = (whole[index] ?? 0) + 1
  return whole
}

/** Gamma draws made to add up to one; in logarithms, since at 0.1 a draw may be smaller than any float64. */
function dirichlet(size: number, concentration: number, random: Random): number[] {
  const logs = Array.from({ length: size }, () => logGamma(concentration, random))
  const largest = Math.max(...logs)
  const weights = logs.map((value) => Math.exp(value - largest))
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / sum)
}

/** The logarithm of a Gamma(shape, 1) draw: Marsaglia and Tsang 2000; below 1, boosted by U^(1/shape). */
function logGamma(shape: number, random: Random): number {
  if (shape < 1) return logGamma(shape + 1, random) + Math.log(1 - random.next()) / shape
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = random.normal()
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    const u = 1 - random.next()
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d) + Math.log(v)
  }
}
