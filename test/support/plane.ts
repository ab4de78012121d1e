/** Rows with two features, points of the plane, of two classes: "high" (1) is above the line y = x. */
import type { Dataset } from '#engine/data/dataset.ts'
import { featureSchemaSchema } from '#engine/data/schema.ts'
import { seededRandom } from '#engine/random.ts'

export const planeSchema = featureSchemaSchema.parse({
  version: 1,
  features: {
    kind: 'table',
    columns: ['x', 'y'].map((name) => ({ name, kind: 'numeric', center: 0, spread: 1 })),
  },
  target: {
    column: 't',
    classes: [
      { name: 'low', values: ['0'] },
      { name: 'high', values: ['1'] },
    ],
  },
})

/** The same seed gives the same points. */
export function planeDataset(seed: string, rows: number): Dataset & { labels: Int32Array } {
  const random = seededRandom(seed)
  const inputs = Float32Array.from({ length: 2 * rows }, () => random.normal())
  const labels = Int32Array.from({ length: rows }, (_, row) =>
    inputs[2 * row + 1]! > inputs[2 * row]! ? 1 : 0,
  )
  return { rows, features: 2, inputs, labels, classes: ['low', 'high'] }
}

/** CSV of points, with a header line. */
export function planeCsv(seed: string, rows: number): string {
  const random = seededRandom(seed)
  const line = () => {
    const [x, y] = [random.normal(), random.normal()]
    return `${x},${y},${y > x ? 1 : 0}`
  }
  return ['x,y,t', ...Array.from({ length: rows }, line)].join('\n')
}
