/** Gates that know a site's rows by a few centres: how far is it to the nearest, beside what is usual for own rows? */
import { UNLABELLED, type Dataset } from '#engine/data/dataset.ts'
import type { Random } from '#engine/random.ts'
import { bounded, type Gate, type GateJob } from './gate.ts'

/** One centre after another, each as wide as a row. */
export type Centres = readonly Float64Array[]

/** The mean row of each class that has rows. */
export function classMeans({ rows, features, inputs, labels }: Dataset): Centres {
  const groups = new Map<number, number[]>()
  for (let row = 0; row < rows; row++) {
    const label = labels?.[row] ?? UNLABELLED
    const group = groups.get(label)
    if (group) group.push(row)
    else groups.set(label, [row])
  }
  return [...groups.values()].map((group) => meanRow(inputs, features, group))
}

const KMEANS_ROUNDS = 20

/** Lloyd's algorithm from k distinct rows; a centre that no row is nearest to stays where it is. */
export function kMeans({ rows, features, inputs }: Dataset, k: number, random: Random): Centres {
  const order = random.shuffle(Int32Array.from({ length: rows }, (_, row) => row))
  let centres = Array.from(order.subarray(0, k), (row) => meanRow(inputs, features, [row]))
  for (let round = 0; round < KMEANS_ROUNDS; round++) {
    const groups = centres.map((): number[] => [])
    for (let row = 0; row < rows; row++) groups[nearest(centres, inputs, row * features).centre]?.push(row)
    centres = centres.map((centre, i) => {
      const group = groups[i] ?? []
      return group.length > 0 ? meanRow(inputs, features, group) : centre
    })
  }
  return centres
}

/** Index of the nearest centre to the row that begins at `start`, and the squared distance to it. */
export function nearest(
  centres: Centres,
  inputs: Float32Array,
  start: number,
): { readonly centre: number; readonly squared: number } {
  let best = { centre: 0, squared: Infinity }
  centres.forEach((centre, index) => {
    let squared = 0
    for (let i = 0; i < centre.length && squared < best.squared; i++)
      squared += ((inputs[start + i] as number) - (centre[i] as number)) ** 2
    if (squared < best.squared) best = { centre: index, squared }
  })
  return best
}

/** Own rows that count as usual: all but the most distant tenth. */
const USUAL = 0.9
/** How fast weights fall beyond the usual: at twice the squared distance, to e^-8. */
const STEEPNESS = 8

/** 1 inside the usual distance, nearly nothing outside: one bit an item. */
export const radiusGate = (job: GateJob): Gate =>
  gateOf(job, classMeans(job.own), (ratio) => bounded('radius', ratio <= 1 ? 1 : 0))

const CENTRES = 10
export const kMeansGate = (job: GateJob): Gate =>
  gateOf(job, kMeans(job.own, CENTRES, job.random), (ratio) => bounded('k-means', falling(ratio)))

export const classMeansGate = (job: GateJob): Gate =>
  gateOf(job, classMeans(job.own), (ratio) => bounded('class-means', falling(ratio)))

const falling = (ratio: number): number => Math.exp(-STEEPNESS * Math.max(0, ratio - 1))

/** `weightOf` takes a squared distance in units of the usual one. */
function gateOf({ own, transfer }: GateJob, centres: Centres, weightOf: (ratio: number) => number): Gate {
  const { features } = own
  const distances = (inputs: Float32Array, rows: number) =>
    Float64Array.from({ length: rows }, (_, row) => nearest(centres, inputs, row * features).squared)
  const sorted = distances(own.inputs, own.rows).sort()
  const usual = Math.max(Number.MIN_VALUE, sorted[Math.floor(USUAL * (own.rows - 1))] ?? 0)
  const weights = (inputs: Float32Array, rows: number) =>
    distances(inputs, rows).map((squared) => weightOf(squared / usual))
  return {
    ofTransfer: weights(transfer.inputs, transfer.rows),
    weigh: (inputs, rows) => Promise.resolve(weights(inputs, rows)),
  }
}

function meanRow(inputs: Float32Array, features: number, rows: readonly number[]): Float64Array {
  const mean = new Float64Array(features)
  for (const row of rows)
    for (let i = 0; i < features; i++)
      mean[i] = (mean[i] as number) + (inputs[row * features + i] as number) / rows.length
  return mean
}
