/**
 * Rows made of a few public ones: each is a mixture of two (mixup: Zhang et al., ICLR 2018, arXiv 1710.09412;
 * unlabelled, for distilling from few samples: Wang et al., CVPR 2020, arXiv 2003.13960).
 *
 * A number is L a + (1 - L) b and a category is that of the first row with probability L. L is uniform on [0, 1], so
 * some rows are nearly real and some lie halfway. Halfway rows huddle towards the middle, as a mean varies less
 * than what it is of; for tables each number therefore gets noise of the variance that mixing takes away,
 * 2 L (1 - L) of the column's own. Pictures get none: what they lose is contrast.
 */
import type { Table } from '#engine/data/csv.ts'
import type { IdxArray } from '#engine/data/idx.ts'
import { parseNumber } from '#engine/data/cells.ts'
import type { Column, FeatureSchema } from '#engine/data/schema.ts'
import { targetColumns } from '#engine/data/target.ts'
import type { Random } from '#engine/random.ts'
import { numberCell } from './draw-rows.ts'

/**
 * The samples under the schema's columns, then mixtures of two of them, `count` rows in all. Where samples have a
 * target they keep it, and mixtures lack theirs, if the schema says how a missing cell is written.
 */
export function mixRows(schema: FeatureSchema, samples: Table, count: number, random: Random): Table {
  const { features } = schema
  if (features.kind !== 'table') throw new TypeError('not a table schema')
  const { columns, missingMarkers } = features
  const [unknown] = missingMarkers
  const targets = unknown === undefined ? [] : targetColumns(schema)
  const labelled = targets.filter((name) => samples.columns.includes(name))
  const names = [...columns.map(({ name }) => name), ...labelled]
  const places = names.map((name) => samples.columns.indexOf(name))
  const known = samples.rows.map((cells) => places.map((place) => cells[place] ?? ''))
  const mixed = () => {
    const { first, second, share } = pairOf(known.length, random)
    const cells = columns.map((column, at) =>
      mixCells(column, known[first]?.[at] ?? '', known[second]?.[at] ?? '', share, random),
    )
    return [...cells, ...labelled.map(() => unknown ?? '')]
  }
  return { columns: names, rows: [...known, ...Array.from({ length: count - known.length }, mixed)] }
}

/** The samples, then mixtures of two of them, `count` items in all, in the samples' type. */
export function mixItems({ shape, data }: IdxArray, count: number, random: Random): IdxArray {
  const [samples = 0, ...item] = shape
  const size = item.reduce((product, extent) => product * extent, 1)
  const mixed = data instanceof Uint8Array ? new Uint8Array(count * size) : new Float32Array(count * size)
  mixed.set(data)
  for (let made = samples; made < count; made++) {
    const { first, second, share } = pairOf(samples, random)
    for (let i = 0; i < size; i++) {
      const value = share * (data[first * size + i] ?? 0) + (1 - share) * (data[second * size + i] ?? 0)
      mixed[made * size + i] = mixed instanceof Uint8Array ? Math.round(value) : value
    }
  }
  return { shape: [count, ...item], data: mixed }
}

const pairOf = (samples: number, random: Random) => ({
  first: random.integer(samples),
  second: random.integer(samples),
  share: random.next(),
})

function mixCells(column: Column, a: string, b: string, share: number, random: Random): string {
  const either = random.next() < share ? a : b
  if (column.kind === 'categorical') return either
  const missing = new Set(column.missingValues?.map(Number))
  const [x, y] = [parseNumber(a), parseNumber(b)]
  if (x === undefined || y === undefined || missing.has(x) || missing.has(y)) return either
  const noise = column.spread * Math.sqrt(2 * share * (1 - share)) * random.normal()
  return numberCell(share * x + (1 - share) * y + noise)
}
