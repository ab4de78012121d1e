import { expect, it } from 'vitest'
import { judge } from './aims.ts'
import type { Row } from './row.ts'

const row: Row = {
  name: 'work',
  runtime: 'native',
  unit: 'samples/s',
  threads: 2,
  ours: 30,
  peers: { slow: { value: 20, ratio: 1.5, version: '1' }, gone: { absent: 'not installed' } },
}

it.each([
  [{ of: 'slow', atLeast: 1.5 }, 1.5, true],
  [{ of: 'slow', atLeast: 1.51 }, 1.5, false],
  [{ of: 'ours', atMost: 29 }, 30, false],
  [{ of: 'ours', atLeast: 10, atMost: 30 }, 30, true],
  [{ of: 'gone', atLeast: 1 }, null, null],
])('an aim %j reaches %s, met: %s', (aim, reached, met) => {
  expect(judge({ ...row, aims: [aim] })).toEqual([
    { ...aim, row: 'work', runtime: 'native', threads: 2, reached, met },
  ])
})

it('an aim at another number of threads is none, and of a stranger a mistake', () => {
  expect(judge({ ...row, aims: [{ of: 'slow', atLeast: 9, threads: 1 }] })).toEqual([])
  expect(judge(row)).toEqual([])
  expect(() => judge({ ...row, aims: [{ of: 'nobody', atLeast: 1 }] })).toThrow('"nobody"')
})
