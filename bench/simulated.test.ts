import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { nameOf, openSimulations, turnsFor } from './simulated.ts'

it('does so much at a time and no more, in the order asked, whatever fails', async () => {
  const inTurn = turnsFor(2)
  const [began, running]: [number[], Set<number>] = [[], new Set()]
  let most = 0
  const work = (name: number) => async () => {
    began.push(name)
    running.add(name)
    most = Math.max(most, running.size)
    await new Promise((resolve) => setImmediate(resolve))
    running.delete(name)
    if (name === 1) throw new Error('one')
    return name
  }
  const done = await Promise.allSettled([0, 1, 2, 3, 4].map((name) => inTurn(work(name))))
  expect(began).toEqual([0, 1, 2, 3, 4])
  expect(most).toBe(2)
  expect(done.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    ...Array.from({ length: 3 }, () => 'fulfilled'),
  ])
})

it('a report is called by its options, wherever the data lie', () => {
  const args = (folder: string, seed: string) => [
    '--data',
    `${folder}/mnist`,
    '--split',
    `file:${folder}/a.csv`,
    seed,
  ]
  expect(nameOf(args('/one', '1'))).toBe(nameOf(args('../two', '1')))
  expect(nameOf(args('/one', '1'))).not.toBe(nameOf(args('/one', '2')))
})

it('a report that was kept is taken, and one that is none is told', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'reports-'))
  const name = `${nameOf(['--data', 'a.csv', '--seeds', '1', '--first-seed', '3'])}.json`
  await writeFile(path.join(folder, name), '{"version":2}')
  const simulations = openSimulations({ processes: 1, folder })
  await expect(simulations.reports(['--data', 'a.csv'], 3)).rejects.toThrow('version')
  expect(await readdir(folder)).toEqual([name])
})
