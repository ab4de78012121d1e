import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseReports, type Report } from '#distill/report.ts'
import { writeIdx } from '#engine/data/write.ts'
import { seededRandom } from '#engine/random.ts'
import { createOutput } from '../output.ts'
import { tempFolder } from '../../test/support/temp-folder.ts'
import { simulate } from './index.ts'
import type { SimulateOptions } from './options.ts'

/** Points of the plane, of the class "above" where y > x. The second column is y in another unit. */
function points(seed: string, rows: number): string {
  const random = seededRandom(seed)
  const line = () => {
    const [x, y] = [random.normal(), random.normal()]
    return `${x},${1000 * y},${y > x ? 'above' : 'below'}`
  }
  return ['x,thousandths,side', ...Array.from({ length: rows }, line)].join('\n')
}

type Change = Partial<SimulateOptions> & { data: string }

async function run(change: Change): Promise<Report> {
  const [report] = await runAll(change)
  return report!
}

async function runAll(change: Change): Promise<Report[]> {
  const results: unknown[] = []
  const output = { ...createOutput({ json: true }), result: (value: unknown) => void results.push(value) }
  const usual = {
    task: 'classify',
    split: 'iid',
    public: '0.2',
    privacy: 'none',
    seeds: 1,
    firstSeed: 1,
    arms: 'all',
    threads: 1,
  } as const
  const options = { ...usual, sites: 2, ...change }
  await simulate({ output, interrupted: new AbortController().signal }, options)
  return parseReports(JSON.stringify(results[0]))
}

async function file(name: string, text: string): Promise<string> {
  const at = path.join(await tempFolder(), name)
  await writeFile(at, text)
  return at
}

/** A folder of 8 x 8 images of bright lines, lying in class 0 and standing in class 1. */
async function lines(): Promise<string> {
  const folder = await tempFolder()
  const rows = 120
  const data = Uint8Array.from({ length: rows * 64 }, (_, i) => {
    const [row, y, x] = [Math.floor(i / 64), Math.floor((i % 64) / 8), i % 8]
    return (row % 2 ? x : y) === 2 + (row % 5) ? 255 : 0
  })
  const labels = Uint8Array.from({ length: rows }, (_, row) => row % 2)
  await writeFile(path.join(folder, 'train-images.idx'), writeIdx({ shape: [rows, 8, 8], data }))
  await writeFile(path.join(folder, 'train-labels.idx'), writeIdx({ shape: [rows], data: labels }))
  return folder
}

describe('simulate', () => {
  it('gives the same report twice, but for the seconds', async () => {
    const data = await file('rows.csv', points('rows', 160))
    const options = { data, rounds: 2, alpha: 0.7, split: 'dirichlet:1', student: 'mlp:4', seeds: 2 }
    const [once, twice] = [await run(options), await run(options)]
    expect({ ...twice, seconds: 0 }).toEqual({ ...once, seconds: 0 })
    expect(once.seeds).toEqual([1, 2])
    expect(once.arms.noDistillation).toBeDefined()
  })

  it('counts what mistakes cost, where the classes have a price', async () => {
    const data = await file('rows.csv', points('rows', 160))
    const costs = new Map([['below', 4]])
    const priced = await run({ data, student: 'mlp:4', costs })
    const free = await run({ data, student: 'mlp:4' })
    // The network is the same, and decides otherwise: an error costs 1 or 4, and nearly all rows are told right.
    expect(priced.arms.student.accuracy).toEqual(free.arms.student.accuracy)
    expect(free.arms.student.cost).toBeUndefined()
    expect(priced.arms.student.cost?.mean).toBeLessThan(0.4)
    await expect(run({ data, costs: new Map([['beside', 2]]) })).rejects.toMatchObject({
      code: 'USAGE',
      message: '--costs names "beside"; the classes are above, below.',
    })
  })

  it('counts seeds from where it is told, and leaves out what is trained for comparison only', async () => {
    const data = await file('rows.csv', points('rows', 160))
    const options = { data, split: 'dirichlet:1', student: 'mlp:4' }
    const both = await run({ ...options, seeds: 2 })
    const second = await run({ ...options, firstSeed: 2, arms: 'federation' })
    expect(second.seeds).toEqual([2])
    expect(second.arms.student.nll?.values).toEqual(both.arms.student.nll?.values.slice(1))
    expect(Object.keys(second.arms)).toEqual(['student', 'ensemble', 'teachers'])
  })

  it('compares rules as if each had been simulated alone', async () => {
    const data = await file('rows.csv', points('rows', 200))
    const options = { data, split: 'dirichlet:1', sites: 3, student: 'mlp:4', privacy: 'secure' }
    const rules = ['mean-probability', 'density-ratio', 'auto']
    const compared = await runAll({ ...options, compare: rules.join() })
    const alone = []
    for (const rule of rules) alone.push(await run({ ...options, rule }))
    const timeless = (reports: readonly Report[]) => reports.map((report) => ({ ...report, seconds: 0 }))
    expect(timeless(compared)).toEqual(timeless(alone))
  })

  it('compares rules under a relation, by the same teachers', async () => {
    const data = await file('rows.csv', points('rows', 400))
    const options: Change = { data, teacher: 'mlp:4', student: 'mlp:4', relation: 'cka', arms: 'federation' }
    const compared = await runAll({ ...options, compare: 'mean-probability,era' })
    expect(compared.map(({ rule, loss }) => [rule, loss])).toEqual([
      ['mean-probability', 'kd + 1 cka'],
      ['era', 'kd + 1 cka'],
    ])
    const alone = await run({ ...options, rule: 'era' })
    expect({ ...compared[1], seconds: 0 }).toEqual({ ...alone, seconds: 0 })
  })

  it('tells what a student is worth once it is fitted to each site', async () => {
    // x says nothing. Nine in ten rows of one ward are of class 1, of the other one in ten: a student of both says the
    // same everywhere, so in one of the wards it is right for a tenth or a half; fitted, for nine tenths.
    const random = seededRandom('wards')
    const folder = await tempFolder()
    for (const [ward, rare] of [
      ['hard', 0],
      ['light', 1],
    ] as const) {
      const rows = Array.from(
        { length: 200 },
        (_, row) => `${random.normal()},${row % 10 < 1 ? rare : 1 - rare}`,
      )
      await writeFile(path.join(folder, `${ward}.csv`), `x,label\n${rows.join('\n')}\n`)
    }
    const of: Change = { data: folder, split: 'folder', student: 'mlp:4', arms: 'federation' }
    const { bySite = [] } = await run(of)
    const least = (kind: 'metrics' | 'fitted') =>
      Math.min(...bySite.map((site) => site[kind]?.accuracy?.mean ?? NaN))
    expect(bySite.map(({ site }) => site)).toEqual(['hard', 'light'])
    expect(least('metrics')).toBeLessThan(0.6)
    expect(least('fitted')).toBeGreaterThan(0.8)
  })

  it('measures how the student follows its teachers at the temperature it was taught at', async () => {
    const data = await file('rows.csv', points('rows', 200))
    const { student } = (await run({ data, temperature: 5, student: 'mlp:8' })).arms
    // A student of two inputs follows 32 smooth targets closely. Taken at temperature 1, its confident predictions
    // would lie a tenth of a nat from targets as soft as these.
    expect(student.meanKl?.mean).toBeLessThan(0.02)
  })

  it('teaches by the loss and the schedules it is given, from labels too', async () => {
    const data = await file('rows.csv', points('rows', 200))
    const report = await run({
      data,
      loss: 'annealing',
      temperatureSchedule: 'cosine:4:1',
      alphaSchedule: 'linear:1:0.5',
      student: 'mlp:8',
    })
    expect(report.loss).toBe('annealing')
    expect(report.notes).toBeUndefined()
    expect(report.arms.student.auroc?.mean).toBeGreaterThan(0.95)
  })

  it('takes the loss that two classes leave something to teach, and says so', async () => {
    const data = await file('rows.csv', points('rows', 160))
    const report = await run({ data, loss: 'nkd', student: 'mlp:4', seeds: 2 })
    expect(report.loss).toBe('kd')
    expect(report.notes).toEqual([expect.stringContaining('kd instead of nkd')])
  })

  it('scales by the public file where there is one, and measures on the hold-out file', async () => {
    const data = await file('rows.csv', points('rows', 200))
    const report = await run({
      data,
      public: await file('public.csv', points('public', 60)),
      holdout: await file('held.csv', points('held', 80)),
    })
    const { student } = report.arms
    expect(student.perClass.reduce((rows, { support }) => rows + support, 0)).toBe(80)
    expect(student.auroc?.mean).toBeGreaterThan(0.95) // unscaled, "thousandths" would drown x
  })

  it('teaches convolutional networks, and moves their images', async () => {
    const data = await lines()
    const cnn = { teacher: 'cnn:4', student: 'cnn:4/8', augment: 'shift:1' }
    const { arms } = await run({ data, holdout: '0.3', ...cnn })
    expect(arms.student.accuracy?.mean).toBeGreaterThan(0.9)
    await expect(run({ data, teacher: 'cnn:4', privacy: 'pate:3', sites: 3 })).rejects.toMatchObject({
      code: 'USAGE',
    })
  })

  it('teaches where convolutional teachers look, and asks nobody who cannot tell', async () => {
    const options: Change = { data: await lines(), holdout: '0.3', teacher: 'cnn:4', student: 'cnn:4/8' }
    const asked: Change = { ...options, arms: 'federation', attention: 100 }
    const [plain, taught] = [await run({ ...asked, attention: undefined }), await run(asked)]
    expect([plain.loss, taught.loss]).toEqual(['kd', 'kd + 100 attention'])
    expect(taught.arms.student.accuracy?.mean).toBeGreaterThan(0.9)
    // 49 numbers of four bytes an item, of which a fifth of 84 is 17; and longer lengths take a byte or two.
    const more = taught.bytes.upPerSite - plain.bytes.upPerSite
    expect(more).toBeGreaterThanOrEqual(17 * 49 * 4)
    expect(more).toBeLessThanOrEqual(17 * 49 * 4 + 10)
    await expect(run({ ...asked, teacher: 'mlp:4' })).rejects.toThrow('Refused with POLICY_REFUSED')
    await expect(run({ ...asked, student: 'mlp:4' })).rejects.toThrow('such as cnn:16,32/64')
    await expect(run({ ...asked, augment: 'flip' })).rejects.toThrow('leave flip out')
  })

  it('predicts a number and how sure that is', async () => {
    // y = 50 + 10 x, give or take 1 where x < 0 and 5 elsewhere: 3.6 in all, of a spread of 11.
    const random = seededRandom('numbers')
    const line = () => {
      const x = random.normal()
      return `${x},${50 + 10 * x + (x < 0 ? 1 : 5) * random.normal()}`
    }
    const data = await file('numbers.csv', ['x,y', ...Array.from({ length: 400 }, line)].join('\n'))
    const { task, rule, arms } = await run({ data, task: 'regress', split: 'dirichlet:1' })
    expect([task, rule]).toEqual(['regress', 'gaussian-mixture'])
    expect(arms.student.rmse?.mean).toBeGreaterThan(2)
    expect(arms.student.rmse?.mean).toBeLessThan(6)
    expect(arms.student.coverage90?.mean).toBeGreaterThan(0.75)
    expect(Object.keys(arms)).toEqual(['student', 'ensemble', 'pooled', 'noDistillation', 'teachers'])
    await expect(run({ data, task: 'regress', privacy: 'pate:3', sites: 3 })).rejects.toMatchObject({
      code: 'NOT_AVAILABLE',
    })
  })

  it('asks about rows that are made, of the schema alone or of a few that are public', async () => {
    const data = await file('rows.csv', points('rows', 200))
    const columns = [
      { name: 'x', kind: 'numeric', center: 0, spread: 1 },
      { name: 'thousandths', kind: 'numeric', center: 0, spread: 1000 },
    ]
    const classes = ['above', 'below'].map((name) => ({ name, values: [name] }))
    const target = { column: 'side', classes }
    const schema = { version: 1, features: { kind: 'table', columns }, target }
    const given = { schema: await file('schema.json', JSON.stringify(schema)), student: 'mlp:8' }
    const alone = await run({ data, public: 'made:150', ...given })
    expect(alone.arms.student.auroc?.mean).toBeGreaterThan(0.95)
    expect(alone.arms.noDistillation).toBeUndefined() // nothing has a label

    const mixed = await run({ data, public: 'made:150:20', student: 'mlp:8', alpha: 0.9 })
    expect(mixed.arms.student.auroc?.mean).toBeGreaterThan(0.95)
    expect(mixed.arms.noDistillation).toBeDefined()

    await expect(run({ data, public: 'made:150' })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('give --schema') as string,
    })
    const chosen = await run({
      data,
      public: 'made:150',
      rule: 'auto',
      candidates: ['mean-probability', 'era'],
      ...given,
    })
    expect(chosen.selection?.map(({ by }) => by)).toEqual(['sites', 'sites'])
    expect(chosen.federated).toBeDefined()
  })

  it('teaches students of numbers by imitation, and by what the public rows say', async () => {
    const random = seededRandom('imitation')
    const line = () => {
      const x = random.normal()
      return `${x},${50 + 10 * x + random.normal()}`
    }
    const data = await file('numbers.csv', ['x,y', ...Array.from({ length: 200 }, line)].join('\n'))
    const { loss, alpha, arms } = await run({ data, task: 'regress', loss: 'attentive' })
    expect([loss, alpha]).toEqual(['attentive', 0.5])
    expect(arms.student.rmse?.mean).toBeLessThan(3)
    await expect(run({ data, task: 'regress', loss: 'dkd' })).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('teaches a student how far its teachers disagree', async () => {
    const data = await file('rows.csv', points('rows', 200))
    const { rule, arms } = await run({ data, loss: 'dirichlet', split: 'dirichlet:0.3', sites: 3 })
    expect(rule).toBe('geometric-mean')
    const { student, ensemble } = arms
    expect(student.accuracy?.mean).toBeGreaterThan(0.7)
    const [taught, teachers] = [student, ensemble!].map((arm) => arm.knowledgeUncertainty!.mean!)
    // In nats, of ln 2 at most.
    expect(taught).toBeGreaterThan(0)
    expect(Math.abs(taught! - teachers!)).toBeLessThan(0.15)
    expect(student.dataUncertainty?.mean).toBeLessThan(Math.LN2)
  })

  it('predicts several labels, of which some are not known', async () => {
    // Two directions, and noise of a third of their size: about one row in ten is on the other side.
    const random = seededRandom('labels')
    const line = () => {
      const [x, y, ...noise] = Array.from({ length: 4 }, () => random.normal())
      const [left, high] = [x! + noise[0]! / 3 < 0, x! + y! + noise[1]! / 3 > 0]
      return `${x},${y},${left ? 'yes' : 'no'},${random.integer(5) === 0 ? '?' : Number(high)}`
    }
    const data = await file('labels.csv', ['x,y,left,high', ...Array.from({ length: 500 }, line)].join('\n'))
    const labels = { data, task: 'multilabel', target: 'left,high', split: 'dirichlet:1' }
    const { task, rule, loss, arms, classes, bySite } = await run(labels)
    expect([task, rule, loss, classes]).toEqual([
      'multilabel',
      'mean-label-probability',
      'bce',
      ['left', 'high'],
    ])
    expect(bySite).toBeUndefined()
    expect(arms.student.perClass.map(({ auroc }) => auroc! > 0.9)).toEqual([true, true])
    expect(arms.student.accuracy?.mean).toBeGreaterThan(0.8)
    expect(arms.student.agreement?.mean).toBeGreaterThan(0.9)
    expect(Object.keys(arms)).toEqual(['student', 'ensemble', 'pooled', 'noDistillation', 'teachers'])
    await expect(run({ ...labels, privacy: 'pate:3', sites: 3 })).rejects.toMatchObject({
      code: 'NOT_AVAILABLE',
    })
  })

  it('says which target is no number', async () => {
    const data = await file('rows.csv', points('rows', 40))
    await expect(run({ data, task: 'regress' })).rejects.toMatchObject({
      code: 'DATA_BAD_VALUE',
      message: 'The target "side" should be a number and is "above".',
    })
  })

  it.each([
    ['public', 'x,side\n1,above\n', 'DATA_MISSING_COLUMN'],
    ['holdout', 'x,thousandths,side\n1,2,beside\n', 'DATA_UNKNOWN_CATEGORY'],
  ])('names the %s file that does not fit, before anything runs', async (option, text, code) => {
    const data = await file('rows.csv', points('rows', 40))
    await expect(run({ data, [option]: await file('odd.csv', text) })).rejects.toMatchObject({
      code,
      message: expect.stringContaining('odd.csv: ') as string,
    })
  })

  it.each([{ public: '0.001' }, { holdout: '0.001' }])('refuses %o of too few rows', async (option) => {
    const data = await file('rows.csv', points('rows', 40))
    await expect(run({ data, ...option })).rejects.toMatchObject({ code: 'DATA_EMPTY' })
  })
})
