/** Simulations that predict several targets at once, each known of some rows only. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseReports, type Report } from '#distill/report.ts'
import { seededRandom } from '#engine/random.ts'
import { tempFolder } from '../../test/support/temp-folder.ts'
import { createOutput } from '../output.ts'
import { simulate } from './index.ts'
import type { SimulateOptions } from './options.ts'

/** Of one row in five the side is not known, of another the height. */
function rows(count: number): string {
  const random = seededRandom('several')
  const line = () => {
    const [x, y, part] = [random.normal(), random.normal(), random.integer(5)]
    const side = part === 0 ? '?' : y > x ? 'above' : 'below'
    return `${x},${y},${side},${part === 1 ? '?' : 50 + 10 * (x + y) + random.normal()}`
  }
  return ['x,y,side,height', ...Array.from({ length: count }, line)].join('\n')
}

async function file(name: string, text: string): Promise<string> {
  const at = path.join(await tempFolder(), name)
  await writeFile(at, text)
  return at
}

async function run(change: Partial<SimulateOptions> & { data: string }): Promise<Report> {
  const results: unknown[] = []
  const output = { ...createOutput({ json: true }), result: (value: unknown) => void results.push(value) }
  const usual = {
    task: 'multitask',
    split: 'dirichlet:1',
    sites: 2,
    public: '0.2',
    privacy: 'none',
    seeds: 1,
    firstSeed: 1,
    arms: 'all',
    threads: 1,
  } as const
  await simulate({ output, interrupted: new AbortController().signal }, { ...usual, ...change })
  return parseReports(JSON.stringify(results[0]))[0]!
}

describe('a simulation of several targets', () => {
  it('measures every arm on each of them, over seeds', async () => {
    const data = await file('rows.csv', rows(300))
    const { task, rule, arms, seeds } = await run({
      data,
      target: 'side,height:number',
      head: { side: { rule: 'density-ratio' } },
      student: 'linear',
      seeds: 2,
    })
    expect([task, rule, seeds]).toEqual(['multitask', 'side density-ratio, height gaussian-mixture', [1, 2]])
    expect(Object.keys(arms)).toEqual(['student', 'ensemble', 'pooled', 'noDistillation', 'teachers'])
    const [side, height] = arms.student.heads!.map(({ metrics }) => metrics)
    expect(side?.accuracy?.values).toHaveLength(2)
    // A line tells the side exactly; the heights spread by 14, and their noise by 1.
    expect(side?.accuracy?.mean).toBeGreaterThan(0.85)
    expect(height?.rmse?.mean).toBeLessThan(7)
    for (const { heads } of [arms.ensemble!, arms.pooled!, ...arms.teachers.map(({ metrics }) => metrics)])
      expect(heads?.map(({ name }) => name)).toEqual(['side', 'height'])
  })

  it('is not one of another task, nor the other way round', async () => {
    const data = await file('rows.csv', rows(40))
    const numeric = (name: string) => ({ name, kind: 'numeric', center: 0, spread: 1 })
    const schema = await file(
      'schema.json',
      JSON.stringify({
        version: 1,
        features: { kind: 'table', columns: ['x', 'y'].map(numeric) },
        target: { kind: 'numeric', column: 'height', center: 50, spread: 10 },
      }),
    )
    await expect(run({ data, schema })).rejects.toMatchObject({
      code: 'USAGE',
      message: `${schema} is for --task regress, not for --task multitask.`,
    })
  })

  it('has no rule of its own, and no target by two names', async () => {
    const data = await file('rows.csv', rows(40))
    await expect(run({ data, target: 'side,height:number', rule: 'era' })).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('name them with --head NAME:rule=RULE') as string,
    })
    await expect(run({ data, target: 'height>50,height:number' })).rejects.toMatchObject({
      code: 'DATA_FORMAT',
      message: expect.stringContaining('Two targets are named "height"') as string,
    })
  })
})
