import { describe, expect, it } from 'vitest'
import { judge } from './aims.ts'
import type { Report } from './harness.ts'
import { toMarkdown, withReport } from './markdown.ts'
import type { Row } from './row.ts'
import { quantity } from './tables.ts'

const peer = (ours: number, value: number, note?: string) => ({
  value,
  ratio: ours / value,
  version: '4.2',
  ...(note && { note }),
})
const rows: Row[] = [
  {
    name: 'MLP',
    runtime: 'native',
    unit: 'samples/s',
    threads: 1,
    ours: 12_345,
    peers: { Torch: peer(12_345, 10_000), tf: peer(12_345, 100) },
    aims: [
      { of: 'Torch', atLeast: 1.5 },
      { of: 'tf', atLeast: 30 },
    ],
  },
  {
    name: 'CNN',
    runtime: 'native',
    unit: 'samples/s',
    threads: 1,
    ours: 50,
    peers: { Torch: peer(50, 40, 'batches of 2'), tf: { absent: "No 'Conv_Filter'." } },
  },
  {
    name: 'CNN, graph',
    unit: 'seconds',
    threads: 1,
    ours: 0.1234,
    peers: {},
    aims: [{ of: 'ours', atMost: 1 }],
  },
]
const report: Report = {
  version: 1,
  suite: 'engine',
  machine: {
    cores: 2,
    processor: 'Chip',
    memoryBytes: 8.1e9,
    node: 'v20.1.0',
    versions: { ort: '1.3', web: '1.4' },
  },
  loadAverage: { before: 0.5, after: 1.25 },
  repeats: 5,
  rows,
  aims: rows.flatMap(judge),
}

describe('a report as Markdown', () => {
  it('has a table for each set of peers, with missed aims and empty cells explained', () => {
    // 12,345 / 10,000 = 1.2345 misses 1.5; 12,345 / 100 = 123 meets 30; 50 / 40 = 1.25.
    expect(toMarkdown(report)).toBe(`\
|     | runtime | threads | samples/s | Torch              | tf    |
| --- | ------- | ------- | --------- | ------------------ | ----- |
| MLP | native  | 1       | 12,300    | 1.23 x (aim ≥ 1.5) | 123 x |
| CNN | native  | 1       | 50.0      | 1.25 x             | –     |

- Torch: version 4.2 (MLP).
- Torch: version 4.2, batches of 2 (CNN).
- tf: version 4.2 (MLP).
- tf: absent: No 'Conv\\_Filter' (CNN).

|            | threads | seconds |
| ---------- | ------- | ------- |
| CNN, graph | 1       | 0.123   |

Medians of 5 interleaved turns on 2 cores (Chip, 8 GB)
with Node 20.1.0, ort 1.3 and web 1.4; the load average was 0.5
before and 1.25 after.
Of 3 aims that could be measured, 2 are met; a missed one stands beside its figure.`)
  })

  it('takes the place of the last one in a document', () => {
    const [start, end] = ['<!-- bench engine -->', '<!-- end of bench engine -->']
    const document = `before\n\n${start}\n\nold\n\n${end}\n\nafter\n`
    const renewed = withReport(document, report)
    expect(renewed).toBe(`before\n\n${start}\n\n${toMarkdown(report)}\n\n${end}\n\nafter\n`)
    expect(withReport(renewed, report)).toBe(renewed)
    expect(() => withReport('no place', report)).toThrow(start)
  })

  it.each([
    [0.012345, '0.0123'],
    [99.94, '99.9'],
    [100, '100'],
    [123_456, '123,000'],
    [999_600, '1,000,000'],
  ])('tells %d as %s', (value, told) => {
    expect(quantity(value)).toBe(told)
  })
})
