/**
 * How well a transfer set stands for one site's rows. Students learn at the transfer items alone, so where a site has
 * rows and the set has no items, its teacher's knowledge is never asked for.
 *
 * Two figures, since either alone can be fooled:
 *
 * - **covered**: the share of own rows that have an item nearby. Nearby is as far as own rows are from each other: the
 *   distance within which 95 % of them have their nearest other own row. (The recall of Kynkäänniemi et al., NeurIPS
 *   2019, arXiv 1904.06991, with the site's rows as the real ones and one radius for all.) A set of like rows, and as
 *   many, covers about .95. A set that is spread too wide covers too.
 * - **told apart**: the area under the ROC curve of a small network that learnt, on half of both, which rows are own
 *   and which are items, on the other half (a classifier two-sample test: Lopez-Paz and Oquab, ICLR 2017, arXiv
 *   1610.06545). .5: nobody could tell. A set that is spread too wide is told apart. So is one of other people, and
 *   one that merely has another mix of classes: it is no verdict by itself.
 *
 * Both are about private rows. They are for the site's eyes, and nothing in the protocol carries them.
 */
import { concatenate, subset, type Dataset } from '#engine/data/dataset.ts'
import { allRows } from '#engine/data/split.ts'
import { predictLogits } from '#engine/infer.ts'
import { seededRandom, type Random } from '#engine/random.ts'
import type { Runtime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import { defaultTeacherTraining } from '../defaults.ts'
import { areaUnderRoc } from '../ranking.ts'
import { trainTeacher } from '../teach.ts'

export interface Coverage {
  /** Rows of the site and transfer items that were compared. */
  readonly rows: number
  readonly items: number
  /** Share of the rows with an item nearby, 0 to 1. */
  readonly covered: number
  /** Area under the ROC curve of telling rows from items, .5 where nobody can. */
  readonly toldApart: number
  /** Two standard errors of that area where rows and items are alike (Hanley and McNeil, Radiology 143, 1982). */
  readonly toldApartNoise: number
}

/** Below this many rows or items neither figure says anything. */
export const FEWEST_COMPARED = 20
/** More would take longer and say the same: what is compared is drawn at random from larger sets. */
const MOST_COMPARED = 2000
const MOST_MEASURED = 300
const NEARBY = 0.95
const HIDDEN = 32

/** Undefined with fewer than `FEWEST_COMPARED` rows on either side. Rejects as training does. */
export async function coverageOf(
  runtime: Runtime,
  own: Dataset,
  transfer: Dataset,
  random: Random,
): Promise<Coverage | undefined> {
  if (Math.min(own.rows, transfer.rows) < FEWEST_COMPARED) return undefined
  const rows = someOf(own, random.fork('rows'))
  const items = someOf(transfer, random.fork('items'))
  const [ownTest, itemTest] = [rows, items].map(({ rows }) => rows - Math.floor(rows / 2)) as [number, number]
  return {
    rows: rows.rows,
    items: items.rows,
    covered: coveredShare(rows, items),
    toldApart: await toldApart(runtime, rows, items, random),
    toldApartNoise: 2 * Math.sqrt((ownTest + itemTest + 1) / (12 * ownTest * itemTest)),
  }
}

/** The same comparison for the same rows and items. */
export const transferCoverage = (runtime: Runtime, own: Dataset, transfer: Dataset) =>
  coverageOf(runtime, own, transfer, seededRandom('coverage'))

/** In random order, so that any part of them is a random one. */
function someOf(dataset: Dataset, random: Random): Dataset {
  return subset(dataset, random.shuffle(allRows(dataset.rows)).subarray(0, MOST_COMPARED))
}

/** The share of `own` rows whose nearest item is within the distance at which 95 % of them have another own row. */
export function coveredShare(own: Dataset, items: Dataset): number {
  const measured = allRows(Math.min(own.rows, MOST_MEASURED))
  const toOwn = Float64Array.from(measured, (row) => nearest(own, row, own, row)).sort()
  const radius = toOwn[Math.ceil(NEARBY * toOwn.length) - 1] ?? 0
  return measured.filter((row) => nearest(own, row, items) <= radius).length / measured.length
}

/** The squared Euclidean distance of one row to the nearest of others, of which `except` does not count. */
function nearest({ inputs, features }: Dataset, row: number, others: Dataset, except = -1): number {
  const from = inputs.subarray(row * features, (row + 1) * features)
  let least = Infinity
  for (let other = 0; other < others.rows; other++) {
    if (other === except) continue
    let sum = 0
    const start = other * features
    for (let i = 0; i < features && sum < least; i++)
      sum += ((from[i] as number) - (others.inputs[start + i] as number)) ** 2
    if (sum < least) least = sum
  }
  return least
}

async function toldApart(runtime: Runtime, own: Dataset, items: Dataset, random: Random): Promise<number> {
  const half = ({ rows }: Dataset) => Math.floor(rows / 2)
  const [learnt, held] = [
    both(own, items, (set) => allRows(half(set))),
    both(own, items, (set) => allRows(set.rows).subarray(half(set))),
  ]
  const { network } = await trainTeacher(runtime, {
    spec: parseSpec({ kind: 'mlp', inputs: own.features, hidden: [HIDDEN], outputs: 2 }),
    dataset: learnt,
    training: { ...defaultTeacherTraining(learnt.rows), stopping: 0 },
    seed: random.fork('classifier').integer(2 ** 31),
  })
  const logits = await predictLogits(runtime, network, held.inputs, held.rows)
  const score = Float32Array.from({ length: held.rows }, (_, row) => logits[2 * row + 1]! - logits[2 * row]!)
  return areaUnderRoc(score, Uint8Array.from(held.labels ?? [])) ?? NaN
}

/** Chosen rows of both, the items as class 0 and the site's rows as class 1. */
function both(own: Dataset, items: Dataset, chosen: (set: Dataset) => Int32Array): Dataset {
  const classes = ['transfer', 'own']
  const as = (set: Dataset, label: number): Dataset => {
    const { rows, features, inputs } = subset(set, chosen(set))
    return { rows, features, inputs, classes, labels: new Int32Array(rows).fill(label) }
  }
  return concatenate([as(items, 0), as(own, 1)])
}

/** In the words of a log. */
export function coverageText({ rows, items, covered, toldApart, toldApartNoise }: Coverage): string {
  const chance = toldApart - toldApartNoise < 0.5 ? ', which is chance' : ''
  return `the transfer set covers ${Math.round(100 * covered)} % of ${rows} own rows (as many others like them: about 95 %); a network tells them from ${items} items with AUROC ${toldApart.toFixed(2)}${chance}`
}
