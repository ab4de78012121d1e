import { describe, expect, it } from 'vitest'
import type { Dataset } from '#engine/data/dataset.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { gates } from './gates.ts'
import { classMeans, kMeans, nearest } from './gates/centres.ts'
import { gateBounds, type GateName } from './gates/gate.ts'

const runtime = await openRuntime({ threads: 1 })

function points(of: readonly (readonly [number, number, number?])[]): Dataset {
  return {
    rows: of.length,
    features: 2,
    inputs: Float32Array.from(of.flatMap(([x, y]) => [x, y])),
    labels: Int32Array.from(of, ([, , label = 0]) => label),
    classes: ['a', 'b'],
  }
}

/** A cloud of points around (x, 0), half a unit wide. */
function cloud(rows: number, x: number, seed: string): [number, number, number][] {
  const random = seededRandom(seed)
  return Array.from({ length: rows }, () => [x + random.normal() / 2, random.normal() / 2, 0])
}

describe.each(Object.keys(gates) as GateName[])('the gate %s', (name) => {
  // The site lives around x = -2; the transfer set is a third there, and two thirds where others live.
  const own = points(cloud(200, -2, 'own'))
  const transfer = points([...cloud(60, -2, 'near'), ...cloud(120, 2, 'far')])
  const open = () => gates[name]({ own, transfer, runtime, random: seededRandom(1) })
  const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length

  it('opens for items where its rows lie, and closes for others, always alike', async () => {
    const gate = await open()
    const { ofTransfer } = gate
    expect(ofTransfer).toHaveLength(180)
    const { least, most } = gateBounds[name]
    expect(ofTransfer.every((weight) => weight >= least && weight <= most)).toBe(true)
    expect(mean(ofTransfer.subarray(0, 60))).toBeGreaterThan(20 * mean(ofTransfer.subarray(60)))
    const [near, far] = await gate.weigh(Float32Array.of(-2, 0, 2, 0), 2)
    expect(near).toBeGreaterThan(20 * far!)
    expect((await open()).ofTransfer).toEqual(ofTransfer)
  })
})

describe('the density ratio', () => {
  it('estimates own rows over transfer rows, whatever the numbers of both', async () => {
    // 300 own rows around -1, where 100 of 400 transfer rows lie: 300 / 100 = 3.
    const own = points(cloud(300, -2, 'own'))
    const transfer = points([...cloud(100, -2, 'near'), ...cloud(300, 2, 'far')])
    const { ofTransfer } = await gates['density-ratio']({ own, transfer, runtime, random: seededRandom(1) })
    const near = ofTransfer.slice(0, 100).toSorted()
    expect(near[50]).toBeGreaterThan(2)
    expect(near[50]).toBeLessThan(4.5)
  })
})

describe('centres', () => {
  it('of classes are the means of their rows', () => {
    const means = classMeans(points([[0, 0, 0], [2, 0, 0], [5, 5, 1]])) // prettier-ignore
    expect(means.map((mean) => [...mean])).toEqual([[1, 0], [5, 5]]) // prettier-ignore
  })

  it('of k-means are those of far-apart clouds', () => {
    const rows = points([...cloud(30, -10, 'left'), ...cloud(30, 10, 'right')])
    const centres = kMeans(rows, 2, seededRandom(1)).map(([x]) => Math.round(x!))
    expect(centres.toSorted((a, b) => a - b)).toEqual([-10, 10])
  })

  it('finds the nearest of them', () => {
    const centres = [Float64Array.of(0, 0), Float64Array.of(3, 4)]
    expect(nearest(centres, Float32Array.of(9, 9, 3, 5), 2)).toEqual({ centre: 1, squared: 1 })
  })
})
