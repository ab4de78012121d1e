import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '../../test/support/temp-folder.ts'
import { readOptions, type SimulateOptions } from './options.ts'

const usual: SimulateOptions = {
  data: 'rows.csv',
  task: 'classify',
  split: 'iid',
  public: '0.2',
  privacy: 'secure',
  seeds: 1,
  firstSeed: 1,
  arms: 'all',
}
const read = (change: Partial<SimulateOptions>) => readOptions({ ...usual, ...change })

describe('readOptions', () => {
  it.each([
    ['iid', { kind: 'iid' }],
    ['folder', { kind: 'folder' }],
    ['dirichlet:0.5', { kind: 'dirichlet', concentration: 0.5 }],
    ['shards:2', { kind: 'shards', perSite: 2 }],
    ['column:a:b', { kind: 'column', column: 'a:b' }],
  ])('reads --split %s', async (split, expected) => {
    expect((await read({ split })).split).toEqual(expected)
  })

  it('reads an assignment of rows to sites', async () => {
    const file = path.join(await tempFolder(), 'sites.csv')
    await writeFile(file, 'row,site')
    const { split } = await read({ split: `file:${file}` })
    expect(split.kind === 'file' && Buffer.from(split.assignment).toString()).toBe('row,site')
  })

  it('reads one rule or several to compare, each once', async () => {
    expect((await read({})).rules).toEqual(['mean-probability'])
    expect((await read({ rule: 'era' })).rules).toEqual(['era'])
    const compared = await read({ compare: 'era, auto,era' })
    expect(compared.rules).toEqual(['era', 'auto'])
    await expect(read({ rule: 'era', compare: 'votes,auto' })).rejects.toMatchObject({ code: 'USAGE' })
    await expect(read({ compare: 'era,best' })).rejects.toThrow(/--compare is .*"best"/)
  })

  it('tells fractions, numbers and files apart', async () => {
    expect((await read({ public: '.25', holdout: '300' })).holdout).toEqual({ amount: 300 })
    expect((await read({ public: '.25' })).public).toEqual({ amount: 0.25 })
    expect((await read({ public: 'public.csv' })).public).toEqual({ file: 'public.csv' })
  })

  it('reads which items are made, and of what', async () => {
    expect((await read({ public: 'made:300' })).public).toEqual({ made: 300 })
    expect((await read({ public: 'made:300:20' })).public).toEqual({ made: 300, samples: { amount: 20 } })
    expect((await read({ public: 'made:300:a:b.csv' })).public).toEqual({
      made: 300,
      samples: { file: 'a:b.csv' },
    })
  })

  it.each<Partial<SimulateOptions>>([
    { public: 'made' },
    { public: 'made:0' },
    { public: 'made:9.5' },
    { public: 'made:9:0' },
    { split: 'iid:7' },
    { split: 'even' },
    { split: 'dirichlet:0' },
    { split: 'dirichlet' },
    { split: 'shards:1.5' },
    { public: '1.5' },
    { public: '0' },
    { public: '' },
    { holdout: '-3' },
    { rule: 'loudest' },
    { privacy: 'none:4' },
    { privacy: 'pate' },
    { privacy: 'dpsgd:0' },
    { format: 'xls' },
    { task: 'regress', rule: 'mean-probability' },
    { task: 'regress', rule: 'auto' },
    { rule: 'gaussian-mixture' },
    { task: 'survive' },
    { task: 'multilabel', rule: 'mean-probability' },
  ])('refuses %o as nonsense', async (change) => {
    await expect(read(change)).rejects.toMatchObject({ code: 'USAGE' })
  })

  it.each<Partial<SimulateOptions>>([{ format: 'parquet' }])(
    'says of %o that this version does not do it',
    async (change) => {
      await expect(read(change)).rejects.toMatchObject({ code: 'NOT_AVAILABLE' })
    },
  )
})
