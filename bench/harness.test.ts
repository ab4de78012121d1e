import { describe, expect, it } from 'vitest'
import { median, QUICK, runSuite, rowOf, takeTurns } from './harness.ts'
import type { Suite, SuiteOptions } from './harness.ts'

describe('a comparison', () => {
  it('takes turns and judges by medians', async () => {
    const turns: string[] = []
    const contestant = (name: string, version: string, values: number[]) => ({
      version,
      measure(seconds: number) {
        turns.push(`${name} for ${seconds}`)
        return Promise.resolve(values.shift()!)
      },
    })
    const { ours, ...others } = await takeTurns(
      {
        ours: contestant('ours', '2', [100, 1, 90]),
        slow: { ...contestant('slow', '1', [30, 20, 99]), note: 'small batches' },
        gone: { absent: 'not installed' },
      },
      { repeats: 3, seconds: 4 },
    )
    // Medians 90 and 30.
    expect(turns).toEqual(Array.from({ length: 3 }, () => ['ours for 4', 'slow for 4']).flat())
    expect(ours).toEqual({ value: 90, version: '2' })
    expect(rowOf({ name: 'work', unit: 'samples/s', threads: 1 }, 90, others)).toEqual({
      name: 'work',
      unit: 'samples/s',
      threads: 1,
      ours: 90,
      peers: {
        slow: { value: 30, ratio: 3, version: '1', note: 'small batches' },
        gone: { absent: 'not installed' },
      },
    })
  })

  it('ends before the next turn when it is cancelled', async () => {
    const controller = new AbortController()
    const measure = () => {
      controller.abort()
      return Promise.resolve(1)
    }
    const turns = takeTurns(
      { a: { version: '', measure } },
      { ...QUICK, repeats: 2, signal: controller.signal },
    )
    await expect(turns).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' })
  })

  it('of an even number of values takes the mean of the middle two', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(() => median([])).toThrow(RangeError)
  })
})

describe('a suite', () => {
  const ran: { name: string; options: SuiteOptions }[] = []
  let closed = 0
  const section = (name: string) => ({
    name,
    run(options: SuiteOptions) {
      ran.push({ name, options })
      const aims = [{ of: 'ours', atMost: 1 }]
      return Promise.resolve([rowOf({ name, unit: 'seconds', threads: 1, aims }, 2, {})])
    },
  })
  const suite: Suite = {
    name: 'stub',
    open: () => ({
      sections: [section('MLP small'), section('ResNet'), section('MLP big')],
      close: () => Promise.resolve(void closed++),
    }),
  }

  it('runs the sections asked for, judges them and closes', async () => {
    const notes: string[] = []
    const report = await runSuite(suite, { only: 'mlp', repeats: 7, onNote: (line) => notes.push(line) })
    expect(ran.map(({ name }) => name)).toEqual(['MLP small', 'MLP big'])
    expect(ran[0]!.options).toMatchObject({ repeats: 7, seconds: 0.6 })
    expect(notes).toEqual(['1/2 MLP small', '2/2 MLP big'])
    expect(report).toMatchObject({
      version: 1,
      suite: 'stub',
      repeats: 7,
      machine: { node: process.version },
    })
    expect(report.rows.map(({ name }) => name)).toEqual(['MLP small', 'MLP big'])
    expect(report.aims.map(({ row, met }) => [row, met])).toEqual([
      ['MLP small', false],
      ['MLP big', false],
    ])
    expect(closed).toBe(1)
  })

  it('without a section of the name lists those there are', async () => {
    const run = runSuite(suite, { only: 'lstm' })
    await expect(run).rejects.toThrow('is called "lstm". There are: MLP small; ResNet; MLP big.')
    expect(closed).toBe(2)
  })
})
