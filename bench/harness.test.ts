import { describe, expect, it } from 'vitest'
import { compare, median, runSuite } from './harness.ts'

describe('a comparison', () => {
  it('takes turns and judges by medians', async () => {
    const turns: string[] = []
    const contestant = (name: string, values: number[]) => () => {
      turns.push(name)
      return Promise.resolve(values.shift()!)
    }
    const row = await compare(
      { name: 'work', unit: 'samples/s', threads: 1 },
      contestant('ours', [100, 1, 90]),
      {
        slow: { version: '1', measure: contestant('slow', [30, 20, 99]) },
        gone: { absent: 'not installed' },
      },
      3,
    )
    // Medians 90 and 30.
    expect(turns).toEqual(['ours', 'slow', 'ours', 'slow', 'ours', 'slow'])
    expect(row).toEqual({
      name: 'work',
      unit: 'samples/s',
      threads: 1,
      ours: 90,
      peers: { slow: { value: 30, ratio: 3, version: '1' }, gone: { absent: 'not installed' } },
    })
  })

  it('of an even number of values takes the mean of the middle two', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(() => median([])).toThrow(RangeError)
  })

  it('repeats at least five times', async () => {
    let asked = 0
    const suite = {
      name: 'none',
      run: ({ repeats }: { repeats: number }) => {
        asked = repeats
        return Promise.resolve([])
      },
    }
    const report = await runSuite(suite, { repeats: 2 })
    expect(asked).toBe(5)
    expect(report).toMatchObject({ version: 1, suite: 'none', rows: [], machine: { node: process.version } })
  })
})
