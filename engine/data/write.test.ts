import { describe, expect, it } from 'vitest'
import { readCsv } from './csv.ts'
import { readIdx } from './idx.ts'
import { writeCsv, writeIdx } from './write.ts'

describe('writing data files', () => {
  it('quotes what CSV would misread', () => {
    const table = {
      columns: ['a', 'b,c'],
      rows: [
        ['1', 'say "no"'],
        ['', 'two\nlines'],
        ['x;y', 'z'],
      ],
    }
    expect(readCsv(writeCsv(table))).toEqual(table)
  })

  it('writes IDX of bytes and of floats', () => {
    const images = { shape: [2, 1, 2], data: Uint8Array.of(1, 2, 3, 255) }
    expect(readIdx(writeIdx(images))).toEqual(images)
    const floats = { shape: [3], data: Float32Array.of(0.5, -1, 1e30) }
    expect(readIdx(writeIdx(floats))).toEqual(floats)
  })
})
