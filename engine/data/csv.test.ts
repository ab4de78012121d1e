import { describe, expect, it } from 'vitest'
import { readCsv, sniffDelimiter, type CsvOptions } from './csv.ts'

const read = (text: string, options?: CsvOptions) => readCsv(new TextEncoder().encode(text), options)
const failure = (text: string | Uint8Array, options?: CsvOptions) => {
  try {
    readCsv(typeof text === 'string' ? new TextEncoder().encode(text) : text, options)
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

describe('readCsv', () => {
  it('reads a header, CRLF, a byte order mark, blank lines and quoted cells', () => {
    const table = read('\uFEFFage,note\r\n63,"said ""no"", twice"\r\n\r\n 41 ,"two\nlines"\r\n')
    expect(table.columns).toEqual(['age', 'note'])
    expect(table.rows).toEqual([
      ['63', 'said "no", twice'],
      ['41', 'two\nlines'],
    ])
  })

  it('names columns when the file does not', () => {
    expect(read('1,2\n3,4', { header: false })).toEqual({
      columns: ['c1', 'c2'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
    })
    expect(read('1,2', { header: ['a', 'b'] }).columns).toEqual(['a', 'b'])
  })

  it('keeps empty cells and question marks for the schema to judge', () => {
    expect(read('a,b,c\n1,,?').rows).toEqual([['1', '', '?']])
  })

  it.each([
    ['a,b;c\n', ','],
    ['a;b;c\n', ';'],
    ['a\tb\n', '\t'],
    ['"x;y;z",b\n', ','],
    ['0.98  514.5 7\n', ' '],
    ['alone\n', ','],
  ])('finds the delimiter of %j', (text, delimiter) => {
    expect(sniffDelimiter(text)).toBe(delimiter)
  })

  it('reads columns set apart by runs of blanks', () => {
    expect(read('0.98   514.5 7\n 1\t2 3 \n', { header: false }).rows).toEqual([
      ['0.98', '514.5', '7'],
      ['1', '2', '3'],
    ])
  })

  it.each([
    ['', {}, 'DATA_EMPTY', 'The file is empty.'],
    ['a,b\n', {}, 'DATA_EMPTY', 'no rows'],
    ['a,b\n1,2\n3\n', {}, 'DATA_FORMAT', 'Line 3 has 1 cell; the table has 2 columns.'],
    ['a,a\n1,2\n', {}, 'DATA_FORMAT', 'names the column "a" twice'],
    ['a,\n1,2\n', {}, 'DATA_FORMAT', 'Column 2 has no name'],
    ['a,b\n1,"open\n', {}, 'DATA_FORMAT', 'as CSV'],
  ])('refuses %j', (text, options, code, message) => {
    expect(failure(text, options)).toMatchObject({ code, message: expect.stringContaining(message) })
  })

  it('refuses bytes that are not UTF-8', () => {
    expect(failure(Uint8Array.of(0x61, 0xff, 0x0a))).toMatchObject({ code: 'DATA_FORMAT' })
  })
})
