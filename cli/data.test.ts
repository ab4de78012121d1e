/** `collegium data make`, and simulations of federations without a public set. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readCsv } from '#engine/data/csv.ts'
import { readIdx } from '#engine/data/idx.ts'
import { hash, ready } from '#privacy/crypto.ts'
import { collegium } from '../test/support/collegium.ts'
import { tempFolder } from '../test/support/temp-folder.ts'

const classes = ['0', '1'].map((name) => ({ name, values: [name] }))
const plane = {
  version: 1,
  features: {
    kind: 'table',
    columns: ['x', 'y'].map((name) => ({ name, kind: 'numeric', center: 0, spread: 1 })),
  },
  target: { column: 'side', classes },
}
const pictures = {
  version: 1,
  features: { kind: 'tensor', shape: [6, 6], divideBy: 255 },
  target: { classes },
}

async function files(contents: Record<string, unknown>) {
  const folder = await tempFolder()
  const at = (name: string) => path.join(folder, name)
  for (const [name, content] of Object.entries(contents))
    await writeFile(at(name), typeof content === 'string' ? content : JSON.stringify(content))
  return at
}

const sampling = (at: (name: string) => string): string[] =>
  ['--schema', at('schema.json'), '--samples', at('few.csv')].concat('--items', '6', '--out', at('made.csv'))

describe('data make', () => {
  beforeAll(() => ready)

  it('writes a CSV of the schema alone, and says its hash', async () => {
    const at = await files({ 'schema.json': plane })
    const args = ['data', 'make', '--schema', at('schema.json'), '--items', '30', '--json', '--out']
    const { status, stdout } = await collegium(...args, at('made/rows.csv'))
    expect(status).toBe(0)
    const bytes = await readFile(at('made/rows.csv'))
    expect(JSON.parse(stdout)).toMatchObject({ format: 'csv', items: 30, hash: hash(bytes) })
    const { columns, rows } = readCsv(bytes)
    expect([columns, rows.length]).toEqual([['x', 'y'], 30])
  })

  it('mixes samples, which come first', async () => {
    const at = await files({ 'schema.json': plane, 'few.csv': 'side,x,y\n1,0.5,2\n0,-1,3\n' })
    const args = sampling(at)
    expect((await collegium('data', 'make', ...args)).status).toBe(0)
    const { columns, rows } = readCsv(await readFile(at('made.csv')))
    expect([columns, rows.slice(0, 2), rows.length]).toEqual([
      ['x', 'y', 'side'],
      [
        ['0.5', '2', '1'],
        ['-1', '3', '0'],
      ],
      6,
    ])
  })

  it('writes IDX of images', async () => {
    const at = await files({ 'schema.json': pictures })
    const args = ['--schema', at('schema.json'), '--items', '4', '--out', at('made.idx')]
    expect((await collegium('data', 'make', ...args)).status).toBe(0)
    expect(readIdx(await readFile(at('made.idx'))).shape).toEqual([4, 6, 6])
  })

  it('names the file whose samples do not fit', async () => {
    const at = await files({ 'schema.json': plane, 'few.csv': 'x\n1\n2\n' })
    const args = sampling(at)
    const { status, stderr } = await collegium('data', 'make', ...args)
    expect(status).not.toBe(0)
    expect(stderr).toContain(`error DATA_MISSING_COLUMN: ${at('few.csv')}: The file has no column "y"`)
  })
})

describe('data coverage', () => {
  it('sets a transfer set beside rows', async () => {
    const cells = (far: number) =>
      ['x,y', ...Array.from({ length: 40 }, (_, row) => `${far + (row % 7)},${row % 5}`)].join('\n')
    const at = await files({
      'schema.json': plane,
      'own.csv': cells(0),
      'same.csv': cells(0),
      'far.csv': cells(90),
    })
    const beside = (items: string) =>
      collegium(
        'data',
        'coverage',
        '--schema',
        at('schema.json'),
        '--rows',
        at('own.csv'),
        '--items',
        at(items),
        '--json',
      )
    // The same rows cover all; values are clipped at 8 spreads, so far ones lie two and more from every row.
    expect(JSON.parse((await beside('same.csv')).stdout)).toMatchObject({ rows: 40, items: 40, covered: 1 })
    expect(JSON.parse((await beside('far.csv')).stdout)).toMatchObject({ covered: 0, toldApart: 1 })
  })

  it('says nothing of a handful', async () => {
    const at = await files({ 'schema.json': plane, 'few.csv': 'x,y\n1,2\n3,4\n' })
    const few = ['--rows', at('few.csv'), '--items', at('few.csv')]
    const { stderr } = await collegium('data', 'coverage', '--schema', at('schema.json'), ...few)
    expect(stderr).toContain('error DATA_EMPTY: Fewer than 20 rows or items say nothing.')
  })
})
