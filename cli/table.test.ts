import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import { renderTable } from './table.ts'
import { bytes, count, duration } from './units.ts'

const plain = pc.createColors(false)

describe('renderTable', () => {
  it('aligns text left and numbers right, without trailing spaces', () => {
    const text = renderTable(
      [
        ['student', '0.9'],
        ['a', '10.25'],
      ],
      { head: ['arm', 'auroc'], right: [1], color: plain },
    )
    expect(text).toBe(['arm      auroc', 'student    0.9', 'a        10.25'].join('\n'))
  })

  it('keeps its columns when it is coloured', () => {
    const colored = renderTable([['x', '1']], {
      head: ['long', '2'],
      emphasise: () => true,
      color: pc.createColors(true),
    })
    // eslint-disable-next-line no-control-regex
    expect(colored.replaceAll(/\u001B\[\d+m/g, '')).toBe(['long  2', 'x     1'].join('\n'))
  })

  it('is empty for no rows', () => {
    expect(renderTable([], { color: plain })).toBe('')
  })
})

describe('units', () => {
  it('reads bytes in powers of ten', () => {
    expect([0, 999, 1000, 23_440, 999_600, 1_500_000_000].map(bytes)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '23.4 kB',
      '1.0 MB',
      '1.5 GB',
    ])
  })

  it('reads durations from fractions of a second to hours', () => {
    expect([0.4211, 12.34, 59.99, 185, 3599.7, 7444].map(duration)).toEqual([
      '0.42 s',
      '12.3 s',
      '1 min 0 s',
      '3 min 5 s',
      '1 h 0 min',
      '2 h 4 min',
    ])
  })

  it('reads counts', () => {
    expect([count(1, 'site'), count(2, 'site')]).toEqual(['1 site', '2 sites'])
  })
})
