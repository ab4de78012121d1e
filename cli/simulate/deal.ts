/**
 * Dealing the rows: first the hold-out, then the public transfer set, then the sites' private rows. Every row
 * goes to exactly one of them, and each of the first two takes its share of every class, and of every site
 * where the sites are given with the data.
 */
import {
  allRows,
  holdOut,
  largestRemainder,
  readAssignment,
  splitByValue,
  splitDirichlet,
  splitIid,
  splitShards,
  type SiteRows,
} from '#engine/data/split.ts'
import type { Random } from '#engine/random.ts'
import { CollegiumError } from '#proto/errors.ts'
import { limits } from '#proto/limits.ts'
import { siteName, type Pool } from './pool.ts'

export type Split =
  | { readonly kind: 'iid' | 'folder' }
  | { readonly kind: 'dirichlet'; readonly concentration: number }
  | { readonly kind: 'shards'; readonly perSite: number }
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'file'; readonly assignment: Uint8Array }

export interface Deal {
  /** Rows of the pool; empty when the hold-out is a set of its own. */
  readonly holdout: Int32Array
  readonly public: Int32Array
  readonly sites: readonly SiteRows[]
  /** Each site's own part of the hold-out, where sites are given with the data. */
  readonly heldOutBySite: ReadonlyMap<string, Int32Array>
}

export interface DealOptions {
  readonly split: Split
  readonly sites: number
  /** A fraction of the rows, or a number of them; 0 when the hold-out is a set of its own. */
  readonly holdout: number
  /** Likewise, of the rows that are left. */
  readonly public: number
}

/** `labels` has a class index for every row of the pool. Throws `DATA_EMPTY` for a site without rows. */
export function dealRows(pool: Pool, labels: Int32Array, options: DealOptions, random: Random): Deal {
  const given = givenSites(pool, options.split)
  const groups = given ? splitByValue(allRows(pool.rows), given) : [{ site: '', rows: allRows(pool.rows) }]

  const heldOutBySite = new Map<string, Int32Array>()
  const held = setAside(groups, options.holdout, random, 'hold-out', labels)
  for (const { site, aside } of held) if (given && aside.length > 0) heldOutBySite.set(site, aside)
  const dealt = setAside(held, options.public, random, 'public', labels)
  const join = (parts: readonly Int32Array[]) => Int32Array.from(parts.flatMap((part) => [...part]))
  const sites = given
    ? dealt.map(({ site, rows }) => ({ site, rows }))
    : splitRows(join(dealt.map(({ rows }) => rows)), labels, options, random.fork('sites'))
  const empty = sites.find(({ rows }) => rows.length === 0)
  if (empty)
    throw new CollegiumError(
      'DATA_EMPTY',
      `The site "${empty.site}" is dealt no rows; use fewer sites, or set fewer rows aside.`,
    )
  if (sites.length > limits.rosterSites.value)
    throw new CollegiumError(
      'USAGE',
      `The split makes ${sites.length} sites; a federation has at most ${limits.rosterSites.value}.`,
    )
  return {
    holdout: join(held.map(({ aside }) => aside)),
    public: join(dealt.map(({ aside }) => aside)),
    sites,
    heldOutBySite,
  }
}

/** A fraction is the same for each group; a number of rows is dealt over the groups in proportion. */
function setAside(
  groups: readonly SiteRows[],
  amount: number,
  random: Random,
  what: string,
  labels: Int32Array,
): (SiteRows & { readonly aside: Int32Array })[] {
  const sizes = groups.map(({ rows }) => rows.length)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (amount >= Math.max(1, total))
    throw new CollegiumError('DATA_EMPTY', `There are ${total} rows, too few to set ${amount} of them aside.`)
  const quotas = amount < 1 ? sizes.map((size) => Math.round(amount * size)) : largestRemainder(sizes, amount)
  return groups.map(({ site, rows }, index) => {
    const quota = quotas[index] ?? 0
    if (quota === 0) return { site, rows, aside: new Int32Array() }
    const { kept, held } = holdOut(rows, quota, random.fork(`${what} ${site}`), labels)
    return { site, rows: kept, aside: held }
  })
}

/** Splits that the data bring with them: one site name for each row of the pool. */
function givenSites(pool: Pool, split: Split): string[] | undefined {
  switch (split.kind) {
    case 'folder':
      if (!pool.folderSites)
        throw new CollegiumError(
          'USAGE',
          '--split folder needs --data to be a folder with one CSV file a site.',
        )
      return [...pool.folderSites]
    case 'file':
      return readAssignment(split.assignment, pool.rows).map(siteName)
    case 'column': {
      const table = pool.raw.kind === 'table' ? pool.raw.table : undefined
      const index = table?.columns.indexOf(split.column) ?? -1
      if (!table || index < 0)
        throw new CollegiumError(
          'DATA_MISSING_COLUMN',
          `The data have no column "${split.column}" to split by.`,
        )
      return table.rows.map((cells) => siteName(cells[index] ?? ''))
    }
    default:
      return undefined
  }
}

function splitRows(
  rows: Int32Array,
  labels: Int32Array,
  { split, sites }: DealOptions,
  random: Random,
): SiteRows[] {
  switch (split.kind) {
    case 'dirichlet':
      return splitDirichlet(rows, labels, sites, split.concentration, random)
    case 'shards':
      return splitShards(rows, labels, sites, split.perSite, random)
    default:
      return splitIid(rows, sites, random)
  }
}
