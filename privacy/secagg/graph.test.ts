import { beforeAll, describe, expect, it } from 'vitest'
import { ready } from '../crypto.ts'
import { chooseGraph, findSparseGraph, majorityThreshold } from './graph-parameters.ts'
import { createGraph } from './graph.ts'

beforeAll(() => ready)

const seed = (fill: number) => new Uint8Array(32).fill(fill)

describe('a neighbour graph', () => {
  it.each([
    [10, 4],
    [101, 16],
    [1000, 52],
  ])('of %i sites joins each to %i others, both ways', (sites, degree) => {
    const graph = createGraph(sites, degree, seed(1))
    const all = Array.from({ length: sites }, (_, site) => new Set(graph.neighbours(site)))
    expect(all.every((neighbours, site) => neighbours.size === degree && !neighbours.has(site))).toBe(true)
    expect(all.every((neighbours, site) => [...neighbours].every((other) => all[other]!.has(site)))).toBe(
      true,
    )
    expect(graph.holders(3)).toEqual(graph.neighbours(3))
    expect(graph.holderCount).toBe(degree)
  })

  it('of degree n - 1 has everyone, and each holds a share of its own', () => {
    const graph = createGraph(4, 3, seed(1))
    expect(graph.neighbours(2)).toEqual([0, 1, 3])
    expect(graph.holders(2)).toEqual([0, 1, 2, 3])
    expect(graph.holderCount).toBe(4)
  })

  it('follows from its seed alone', () => {
    const [a, b, c] = [1, 1, 2].map((fill) => createGraph(50, 6, seed(fill)).neighbours(7))
    expect(a).toEqual(b)
    expect(a).not.toEqual(c)
  })

  // Over seeds, a pair of 20 sites of degree 4 is joined with probability 4 / 19. 2000 seeds: mean 421, standard
  // deviation sqrt(2000 * .2105 * .7895) = 18.2, so within 5 of those.
  it('joins each pair about equally often', () => {
    for (const pair of [
      [0, 1],
      [0, 19],
      [7, 12],
    ] as const) {
      let joined = 0
      for (let i = 0; i < 2000; i++) {
        const key = new Uint8Array(32)
        new DataView(key.buffer).setUint32(0, i)
        if (createGraph(20, 4, key).neighbours(pair[0]).includes(pair[1])) joined++
      }
      expect(Math.abs(joined - 421)).toBeLessThan(91)
    }
  })
})

describe('its parameters', () => {
  // google-parfait/federated-compute, fcp/secagg/server/graph_parameter_finder_test.cc, which asserts the degree
  // exactly and the threshold as a bound: sites, corrupt, dropout -> degree, threshold.
  it.each([
    [10_000, 0.05, 0.05, 'curious', 34, 20],
    [10_000, 0.05, 0.05, 'semi-malicious', 62, 44],
    [10_000, 0.05, 0.33, 'curious', 86, 29],
    [10_000, 0.05, 0.33, 'semi-malicious', 746, 420],
    [10_000, 0.33, 0.05, 'curious', 92, 70],
    [10_000, 0.33, 0.05, 'semi-malicious', 178, 146],
    [10_000, 0.33, 0.33, 'curious', 422, 221],
    [100, 0.05, 0.05, 'curious', 12, 6],
    [100, 0.05, 0.05, 'semi-malicious', 16, 11],
    [100, 0.45, 0.45, 'curious', 92, 46],
    [1000, 0.3, 0.3, 'semi-malicious', 872, 584],
    [1000, 0.33, 0.05, 'semi-malicious', 132, 109],
    [1_000_000, 0.05, 0.33, 'semi-malicious', 970, 545],
  ] as const)(
    'for %i sites, %f corrupt, %f dropping, %s server',
    (sites, corrupt, dropout, server, degree, threshold) => {
      const found = findSparseGraph({ sites, corrupt, dropout, server })
      expect(found?.degree).toBe(degree)
      expect(found?.threshold).toBeLessThanOrEqual(threshold)
    },
  )

  it('never let two sets of t share the corrupt alone, were they all next to one site', () => {
    for (const sites of [101, 300, 1000, 5000]) {
      const { degree, threshold } = chooseGraph({ sites, corrupt: 0.2, dropout: 0.1 })
      expect(degree).toBeLessThan(sites - 1)
      expect(2 * threshold).toBeGreaterThan(degree + Math.floor(0.2 * sites))
    }
  })

  // Five corrupt of 100: 2 t > degree + 5, and t of the neighbours are left when all five that drop are among them
  // (which is likelier than 1 in 2^20 / 100 from 10 neighbours on): t <= degree - 5, so degree > 15.
  it('cost no more where the corrupt are few, than if the circle were believed to be random', () => {
    const assumed = { sites: 100, corrupt: 0.05, dropout: 0.05 }
    expect(findSparseGraph({ ...assumed, server: 'malicious' })).toEqual({ degree: 16, threshold: 11 })
  })

  it('are those of the complete graph for few sites, and where no sparse graph is safe', () => {
    expect(chooseGraph({ sites: 100, corrupt: 0.05, dropout: 0.05 })).toEqual({ degree: 99, threshold: 67 })
    expect(chooseGraph({ sites: 200, corrupt: 0.5, dropout: 0.4 })).toEqual({ degree: 199, threshold: 134 })
  })

  // The table of thresholds and drops for n = 3, 4, 5, 7, 10, 20, 50, 100: floor(2 n / 3) + 1 by hand.
  it('take two thirds and one', () => {
    expect([3, 4, 5, 7, 10, 20, 50, 100].map(majorityThreshold)).toEqual([3, 3, 4, 5, 7, 14, 34, 67])
  })

  it('are refused for fractions that are none', () => {
    expect(() => findSparseGraph({ sites: 9, corrupt: 1, dropout: 0, server: 'curious' })).toThrow(
      'fractions',
    )
  })
})
