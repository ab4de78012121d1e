/**
 * What a secure sum costs: beside the same sum without masks, and beside Flower's SecAgg+ functions.
 *
 * All figures are per second of CPU time, so that one thread counts as one whatever else the machine does. Beside Flower
 * stands the arithmetic of masks alone, its own and ours; the other rows are whole steps of the protocol as sites and
 * coordinator run them. Flower's masks come from a generator seeded with 32 bits, which is no secret to anyone who
 * tries them all; what it saves by that is in its figures.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { ready } from '#privacy/crypto.ts'
import { majorityThreshold } from '#privacy/secagg/graph-parameters.ts'
import { measureFlower } from './flower.ts'
import type { FlowerFigures } from './flower.ts'
import { median, rowOf } from './harness.ts'
import type { Section, Suite, SuiteOptions, TurnOptions } from './harness.ts'
import type { Absent, Aim, Measured, Row } from './row.ts'
import { scaleArgs } from './secagg-scale.ts'
import type { ScaleFigures } from './secagg-scale.ts'
import { measureMasks, measurePlainSum, measureSum, prepareSum } from './secagg-sums.ts'
import type { MaskFigures, SumFigures, SumTask } from './secagg-sums.ts'

const WORDS = 100_000
/** No slower for being sound. */
const FASTER: readonly Aim[] = [{ of: 'Flower', atLeast: 1 }]

export const suite: Suite = {
  name: 'secagg',
  open: () => ({
    sections: [
      ...[10, 100].flatMap((sites) =>
        [0, 0.33].map((share) => completeSection(sites, Math.floor(share * sites))),
      ),
      scaleSection,
    ],
    close: () => Promise.resolve(),
  }),
}

interface Turn {
  readonly ours: SumFigures
  readonly masks: MaskFigures
  readonly plain: number
  readonly flower: FlowerFigures | Absent
}

const completeSection = (sites: number, drops: number): Section => ({
  name: `${sites} sites, ${drops} dropping out`,
  async run(options) {
    await ready
    const task = { sites, drops, words: WORDS, degree: sites - 1, threshold: majorityThreshold(sites) }
    return rowsOf(task, await turnsOf(task, options))
  },
})

async function turnsOf(task: SumTask, { repeats, seconds, signal }: TurnOptions): Promise<Turn[]> {
  const prepared = prepareSum(task)
  const { sites, words, drops } = task
  const vectors = Array.from({ length: sites - drops }, (_, site) => new Uint32Array(words).fill(site))
  // A first round, uncounted, while the compiler still works.
  measureSum(task, prepared)
  const turns: Turn[] = []
  for (let turn = 0; turn < repeats; turn++) {
    signal?.throwIfAborted()
    turns.push({
      ours: measureSum(task, prepared),
      masks: measureMasks(task, seconds),
      plain: measurePlainSum(vectors, seconds),
      flower: await measureFlower(task, seconds),
    })
  }
  return turns
}

function rowsOf({ sites, words, drops }: SumTask, turns: readonly Turn[]): Row[] {
  const rate = (seconds: (turn: Turn) => number): number => median(turns.map((turn) => 1 / seconds(turn)))
  const of = (figure: keyof SumFigures): number => rate(({ ours }) => ours[figure])
  const flower = (side: 'client' | 'coordinator'): Measured | Absent => {
    const figures = turns.flatMap((turn) => ('absent' in turn.flower ? [] : [turn.flower]))
    const [first] = figures
    if (!first) return turns[0]!.flower as Absent
    return {
      value: median(figures.map((one) => 1 / one[side])),
      version: first.version,
      note: 'masks of 32 bits',
    }
  }
  const plain: Measured = { value: rate((turn) => turn.plain), version: 'the same vectors unmasked' }
  const [{ ours }] = turns as [Turn]
  const where = `${sites} sites x ${words.toLocaleString('en-US')} words, ${drops} dropping out`
  const row = (
    name: string,
    unit: string,
    value: number,
    peers: Record<string, Measured | Absent>,
    aims: readonly Aim[] = [],
  ) => rowOf({ name: `${where}: ${name}`, unit, threads: 1, aims }, value, peers)
  return [
    row(
      'masks of a site',
      'answers/s',
      rate(({ masks }) => masks.client),
      { Flower: flower('client') },
      FASTER,
    ),
    row(
      'masks off the sum',
      'sums/s',
      rate(({ masks }) => masks.coordinator),
      { Flower: flower('coordinator') },
      FASTER,
    ),
    row('a site, all steps', 'rounds/s', of('site'), {}),
    row('the sum is revealed', 'sums/s', of('reveal'), { 'plain sum': plain }),
    row('the coordinator, all steps', 'rounds/s', of('coordinator'), { 'plain sum': plain }),
    row('a site sends', 'bytes', ours.sent, {}),
    row('a site receives', 'bytes', ours.received, {}),
  ]
}

/** The graph for 10,000 sites, 5 % corrupt and 5 % dropping out, under a coordinator that may lie. */
const SPARSE = { degree: 62, threshold: 44, words: 1000 }

/** The same graph for a tenth of the sites: what is linear takes a tenth of the time and the memory. */
const scaleSection: Section = {
  name: 'thousands of devices',
  async run({ seconds, onNote }: SuiteOptions) {
    const [few, many] = seconds < 0.1 ? [100, 400] : [1000, 10_000]
    const task = (sites: number): SumTask => ({ ...SPARSE, sites, drops: sites / 20 })
    const small = await measureScale(task(few))
    const large = await measureScale(task(many))
    onNote(
      `${many} devices took ${Math.round(large.wallSeconds)} s and at most ${Math.round(large.peakBytes / 2 ** 20)} MiB`,
    )
    const name = `${many.toLocaleString('en-US')} devices of degree ${SPARSE.degree}, ${SPARSE.words} words, 5 % dropping out`
    const peer = (value: number): Record<string, Measured> => ({
      [`${few} devices`]: { value, version: 'the same graph' },
    })
    const aims = [{ of: `${few} devices`, atLeast: 0.7 }]
    const time = (figures: ScaleFigures, sites: number): number => sites / figures.cpuSeconds
    const space = (figures: ScaleFigures, sites: number): number => sites / (figures.peakBytes / 2 ** 20)
    const head = { threads: 1, aims }
    return [
      rowOf({ ...head, name, unit: 'devices/s' }, time(large, many), peer(time(small, few))),
      rowOf(
        { ...head, name: `${name}: memory`, unit: 'devices/MiB' },
        space(large, many),
        peer(space(small, few)),
      ),
    ]
  },
}

async function measureScale(task: SumTask): Promise<ScaleFigures> {
  const { stdout } = await promisify(execFile)(process.execPath, scaleArgs(task))
  return JSON.parse(stdout) as ScaleFigures
}
