/**
 * Benchmarks: speed as a ratio to a named peer, measured here, now, and in turns.
 *
 * A machine's speed drifts while it is measured, so contestants take turns, repeat after repeat, and
 * each is judged by its median: whatever slows the machine for a while slows all of them alike.
 */
import { availableParallelism } from 'node:os'

export interface Row {
  readonly name: string
  readonly unit: string
  readonly ours: number
  readonly peers: Readonly<Record<string, Peer>>
  readonly threads: number
}

/** `ratio` above 1 says that ours is better. */
export type Peer =
  { readonly value: number; readonly ratio: number; readonly version: string } | { readonly absent: string }

export interface Report {
  readonly version: 1
  readonly suite: string
  readonly machine: { readonly cores: number; readonly node: string }
  readonly rows: readonly Row[]
}

export interface SuiteOptions {
  /** How often each contestant runs; at least 5. */
  readonly repeats: number
  /** Gets a line as each row begins. */
  readonly onNote: (line: string) => void
}

export interface Suite {
  readonly name: string
  run(options: SuiteOptions): Promise<Row[]>
}

const REPEATS = 5

export async function runSuite(suite: Suite, options: Partial<SuiteOptions> = {}): Promise<Report> {
  const { repeats = REPEATS, onNote = () => {} } = options
  const rows = await suite.run({ repeats: Math.max(repeats, REPEATS), onNote })
  const machine = { cores: availableParallelism(), node: process.version }
  return { version: 1, suite: suite.name, machine, rows }
}

/** A contestant measures itself once a turn, higher being better, or is absent for a stated reason. */
export type Contestant =
  { readonly version: string; measure(): Promise<number> } | { readonly absent: string }

/** One row: ours and its peers, in turns. */
export async function compare(
  head: { name: string; unit: string; threads: number },
  ours: () => Promise<number>,
  peers: Readonly<Record<string, Contestant>>,
  repeats: number,
): Promise<Row> {
  const present = Object.entries(peers).flatMap(([name, peer]) => ('measure' in peer ? [{ name, peer }] : []))
  const contestants = [
    ours,
    ...present.map(
      ({ peer }) =>
        () =>
          peer.measure(),
    ),
  ]
  const values = contestants.map((): number[] => [])
  for (let turn = 0; turn < repeats; turn++) {
    for (const [i, measure] of contestants.entries()) values[i]!.push(await measure())
  }
  const [own, ...others] = values.map(median) as [number, ...number[]]
  const measured = present.map(({ name, peer }, i): [string, Peer] => {
    return [name, { value: others[i]!, ratio: own / others[i]!, version: peer.version }]
  })
  const absent = Object.entries(peers).filter(
    (entry): entry is [string, { absent: string }] => 'absent' in entry[1],
  )
  return { ...head, ours: own, peers: Object.fromEntries([...measured, ...absent]) }
}

/** The middle value; of an even number, the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  if (low === undefined || high === undefined) throw new RangeError('A median needs at least one value.')
  return (low + high) / 2
}
