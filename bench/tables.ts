/** A report as tables for people: one for each set of peers, ratios in the cells, a missed aim beside its ratio. */
import type { Report } from './harness.ts'
import type { Peer, Row, Verdict } from './row.ts'

export interface Table {
  /** The first column names the rows; all others are numbers. */
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Why a cell is empty, and what must be known of a figure. */
  readonly notes: readonly string[]
}

export function tablesOf({ rows, aims }: Report): Table[] {
  const groups = groupBy(rows, ({ unit, peers }) => JSON.stringify([unit, Object.keys(peers)]))
  return groups.map((group) => {
    const [first] = group as [Row]
    const peers = Object.keys(first.peers)
    const beside = [...new Set(group.flatMap((row) => Object.keys(row.beside ?? {})))]
    const withRuntime = group.some(({ runtime }) => runtime !== undefined)
    return {
      head: ['', ...(withRuntime ? ['runtime'] : []), 'threads', first.unit, ...peers, ...beside],
      rows: group.map((row) => [
        row.name,
        ...(withRuntime ? [row.runtime ?? ''] : []),
        String(row.threads),
        `${quantity(row.ours)}${missed(aims, row, 'ours')}`,
        ...peers.map((name) => `${ratio(row.peers[name]!)}${missed(aims, row, name)}`),
        ...beside.map((name) => row.beside?.[name] ?? ''),
      ]),
      notes: peers.flatMap((name) => notesOn(name, group)),
    }
  })
}

function missed(aims: readonly Verdict[], { name, runtime, threads }: Row, of: string): string {
  const verdict = aims.find(
    (aim) => aim.row === name && aim.runtime === runtime && aim.threads === threads && aim.of === of,
  )
  return verdict?.met === false ? ` (aim ${boundOf(verdict)})` : ''
}

export const boundOf = ({ atLeast, atMost }: Pick<Verdict, 'atLeast' | 'atMost'>): string =>
  [atLeast === undefined ? [] : `≥ ${atLeast}`, atMost === undefined ? [] : `≤ ${atMost}`].flat().join(', ')

/** Three digits, or the whole number where that has more. */
export function quantity(value: number): string {
  if (value < 100) return value.toPrecision(3)
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 2)
  return (Math.round(value / unit) * unit).toLocaleString('en-US')
}

/** Told to the hundredth up to 10, as aims are. */
function ratio(peer: Peer): string {
  if ('absent' in peer) return '–'
  return `${peer.ratio < 10 ? peer.ratio.toFixed(2) : quantity(peer.ratio)} x`
}

/** A line for each version of a peer, each reason to be absent and each remark, naming its rows if not all share it. */
function notesOn(peer: string, rows: readonly Row[]): string[] {
  const remarks = rows.map(({ name, peers }) => ({ name, remark: remarkOn(peers[peer]!) }))
  const namesIn = (group: typeof remarks): Set<string> => new Set(group.map(({ name }) => name))
  return groupBy(remarks, ({ remark }) => remark).map((group) => {
    const names = namesIn(group)
    const whose = names.size < namesIn(remarks).size ? ` (${[...names].join('; ')})` : ''
    return `${peer}: ${group[0]!.remark}${whose}.`
  })
}

function remarkOn(peer: Peer): string {
  if ('absent' in peer) return `absent: ${peer.absent.replace(/\.$/, '')}`
  return `version ${peer.version}${peer.note === undefined ? '' : `, ${peer.note}`}`
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return [...groups.values()]
}
