import { describe, expect, it } from 'vitest'
import { bytes, duration, figure, many, metric } from './format.ts'

describe('format', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [123_456, '123.5 kB'],
    [5_000_000, '5.0 MB'],
    [2e15, '2000.0 TB'],
  ])('%d bytes are %s', (count, text) => expect(bytes(count)).toBe(text))

  it.each([
    [-1, '0 s'],
    [7400, '7 s'],
    [65_000, '1:05'],
    [7_389_000, '2:03:09'],
  ])('%d ms are %s', (ms, text) => expect(duration(ms)).toBe(text))

  it('counts nouns', () => expect([many(1, 'site'), many(5, 'site')]).toEqual(['1 site', '5 sites']))

  it('keeps two figures of a small number', () =>
    expect([figure(0.4119), figure(0.0100001), figure(0.0005547), figure(0)]).toEqual([
      '0.412',
      '0.010',
      '0.00055',
      '0.000',
    ]))

  it('tells an undefined metric from zero', () => expect([metric(null), metric(0)]).toEqual(['–', '0.000']))
})
