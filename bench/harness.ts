/**
 * Benchmarks: speed as a ratio to a named peer, measured here, now, and in turns.
 *
 * A machine's speed drifts while it is measured, so contestants take turns, repeat after repeat, and
 * each is judged by its median: whatever slows the machine for a while slows all of them alike. A peer that
 * is not to be had stays in the report, with the reason.
 */
import { EngineError } from '#engine/errors.ts'
import { CollegiumError } from '#proto/errors.ts'
import { judge } from './aims.ts'
import { describeMachine, loadAverage } from './machine.ts'
import type { Machine } from './machine.ts'
import type { Absent, Measured, Peer, Row, RowHead, Verdict } from './row.ts'

export interface Report {
  readonly version: 1
  readonly suite: string
  readonly machine: Machine
  /** Of the whole machine over a minute, before the suite and after it. */
  readonly loadAverage: { readonly before: number; readonly after: number }
  readonly repeats: number
  /** What kind of figures these are, where they are not medians of interleaved turns. */
  readonly about?: string
  readonly rows: readonly Row[]
  readonly aims: readonly Verdict[]
}

export interface TurnOptions {
  /** How often each contestant takes its turn. */
  readonly repeats: number
  /** About how long a turn is measured. */
  readonly seconds: number
  readonly signal?: AbortSignal | undefined
}

/** What a suite that is no matter of speed may be told. */
export interface OpenOptions {
  /** The folder of public data. */
  readonly data?: string | undefined
  /** A folder that keeps what was measured, and from which it is taken. */
  readonly reports?: string | undefined
  readonly quick?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

export interface SuiteOptions extends TurnOptions {
  /** Keeps the sections whose names contain this, in any case. */
  readonly only?: string | undefined
  /** Gets a line as each section begins. */
  readonly onNote: (line: string) => void
}

export interface Section {
  readonly name: string
  run(options: SuiteOptions): Promise<Row[]>
}

/** Sections run in order, or all `atOnce`; `close` ends what they share. */
export interface OpenSuite {
  readonly atOnce?: boolean
  readonly sections: readonly Section[]
  readonly close: () => Promise<void>
}

export interface Suite {
  readonly name: string
  /** Of its figures, where they are not medians of interleaved turns. */
  readonly about?: string
  open(options: OpenOptions): OpenSuite
}

/** Five turns of a little more than half a second: a median is worth quoting from five on. */
export const REPEATS = 5
const SECONDS = 0.6
/** One short turn, to see that everything runs. Its figures say little. */
export const QUICK: TurnOptions = { repeats: 1, seconds: 0.05 }

/** Throws USAGE when no section bears the name asked for. */
export async function runSuite(
  suite: Suite,
  options: Partial<SuiteOptions & OpenOptions> = {},
): Promise<Report> {
  const { repeats = REPEATS, seconds = SECONDS, only = '', signal, onNote = () => {} } = options
  const { sections, atOnce = false, close } = suite.open(options)
  try {
    const chosen = sections.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()))
    if (chosen.length === 0) {
      const names = sections.map(({ name }) => name).join('; ')
      throw new CollegiumError(
        'USAGE',
        `No section of the suite ${suite.name} is called "${only}". There are: ${names}.`,
      )
    }
    const before = loadAverage()
    const run = (section: Section): Promise<Row[]> => section.run({ repeats, seconds, signal, onNote })
    const rows = atOnce ? (await Promise.all(chosen.map(run))).flat() : []
    for (const [i, section] of atOnce ? [] : chosen.entries()) {
      onNote(`${i + 1}/${chosen.length} ${section.name}`)
      rows.push(...(await run(section)))
    }
    return {
      version: 1,
      suite: suite.name,
      machine: await describeMachine(),
      loadAverage: { before, after: loadAverage() },
      repeats,
      ...(suite.about !== undefined && { about: suite.about }),
      rows,
      aims: rows.flatMap(judge),
    }
  } finally {
    await close()
  }
}

/** A contestant measures itself once a turn, higher being better, or is absent for a stated reason. */
export type Contestant = (Omit<Measured, 'value'> & { measure(seconds: number): Promise<number> }) | Absent

/** All contestants take a turn, then all take the next; each is given its median. */
export async function takeTurns<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  { repeats, seconds, signal }: TurnOptions,
): Promise<Record<Name, Measured | Absent>> {
  const all = Object.entries<Contestant>(contestants).map(([name, contestant]) => ({
    name,
    contestant,
    values: [] as number[],
  }))
  for (let turn = 0; turn < repeats; turn++) {
    for (const { contestant, values } of all) {
      if (signal?.aborted) throw new EngineError('ENGINE_CANCELLED', 'The benchmark was cancelled.')
      if ('measure' in contestant) values.push(await contestant.measure(seconds))
    }
  }
  const results = all.map(({ name, contestant, values }) => {
    if ('absent' in contestant) return [name, contestant]
    const { version, note } = contestant
    return [name, { value: median(values), version, ...(note !== undefined && { note }) }]
  })
  return Object.fromEntries(results) as Record<Name, Measured | Absent>
}

/** One of those who took turns beside the others. */
export function rowOf(head: RowHead, ours: number, others: Readonly<Record<string, Measured | Absent>>): Row {
  const peers = Object.entries(others).map(([name, peer]): [string, Peer] => [
    name,
    'absent' in peer ? peer : { ...peer, ratio: ours / peer.value },
  ])
  return { ...head, ours, peers: Object.fromEntries(peers) }
}

/** The middle value; of an even number, the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  if (low === undefined || high === undefined) throw new RangeError('A median needs at least one value.')
  return (low + high) / 2
}
