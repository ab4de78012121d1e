/** A federation that predicts a class and a number at once, every part real: folders, sockets, masks, a release. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { previewQuestion } from '#client/main.ts'
import { latestRun } from '#federation/state.ts'
import { seededRandom } from '#engine/random.ts'
import { parseReport } from '#coordinator/evaluation.ts'
import { connectOperator } from '../../cli/operator-client.ts'
import {
  releasedRun,
  siteNames,
  siteYaml,
  smallFederation,
  smallRun,
  world,
} from '../support/small-federation.ts'
import { startSource } from '../support/source-process.ts'

/** side = "over" above the line y = x; height = 100 + 10 (x - y), give or take 2, and of one row in five not known. */
function walks(seed: string, rows: number): string {
  const random = seededRandom(seed)
  const line = () => {
    const [x, y] = [random.normal(), random.normal()]
    const height = 100 + 10 * (x - y) + 2 * random.normal()
    return `${x},${y},${y > x ? 'over' : 'under'},${random.integer(5) === 0 ? '' : height}`
  }
  return ['x,y,side,height', ...Array.from({ length: rows }, line)].join('\n')
}

const federationOfWalks = (yaml: string) =>
  smallFederation(
    undefined,
    undefined,
    siteNames,
    { ...smallRun, privacy: 'masked', student: 'linear', training: { epochs: 150, learningRate: 0.05 } },
    { points: walks, task: 'multitask', target: 'side,height:number', siteYaml: yaml },
  )

it('three sites teach, measure and receive a student of two targets', async () => {
  const federation = await federationOfWalks(siteYaml.replace('epochs: 30', 'epochs: 150'))
  const coordinator = await federation.startCoordinator()
  const told: string[] = []
  const log = { ...world.log, info: (_: object, line: string) => told.push(line) }
  for (const site of siteNames) {
    await federation.join(coordinator, site)
    await federation.startSite(site, { log })
  }
  const { run } = await releasedRun(coordinator)

  const operator = await connectOperator(federation.coordinatorDir)
  const file = (name: string) => operator.bytes(`/api/runs/${run}/files/${name}`)
  const { arms } = parseReport(await file('report.json'))
  // The noise alone is 2, the spread of the height is 14.
  const [side, height] = arms.student.heads ?? []
  expect(side?.metrics.accuracy?.mean).toBeGreaterThan(0.85)
  expect(height?.metrics.rmse?.mean).toBeLessThan(5)

  // The dashboard shows the figure that leads each target, and how they fared together while the student learnt.
  expect(coordinator.operator.snapshot().federation).toMatchObject({ targets: ['side', 'height'] })
  const view = coordinator.operator.run(run)
  const student = view.arms.find(({ kind }) => kind === 'student')
  expect(student?.metrics).toMatchObject({
    'side accuracy': side?.metrics.accuracy?.mean,
    'height rmse': height?.metrics.rmse?.mean,
    nll: arms.student.nll?.mean,
  })
  const followed = view.curve.flatMap(({ nll }) => nll ?? [])
  expect(followed.length).toBeGreaterThan(2)
  expect(followed.at(-1)).toBeLessThan(followed[0]!)

  // Each site is told what the student is worth to it, target by target.
  const worth = (target: string, figures: RegExp) =>
    vi.waitFor(
      () => {
        const lines = told.filter((line) => line.startsWith(`${target}: on `))
        expect(lines).toHaveLength(3)
        for (const line of lines) expect(line).toMatch(figures)
      },
      { timeout: 10_000 },
    )
  await worth('side', /its teacher is right on .* % and the student on .* %$/)
  await worth('height', /its teacher errs by .* and the student by .* \(root mean square\)$/)

  const released = path.join(federation.dir, 'released')
  const at = (name: string) => `${released}-${name}`
  await writeFile(at('student.onnx'), await file('student.onnx'))
  await writeFile(at('schema.json'), await file('schema.json'))
  await writeFile(at('rows.csv'), 'x,y\n1,-1\n-1,1\n')
  const files = ['--schema', at('schema.json'), '--data', at('rows.csv')]
  const { lines } = startSource('cli/main.ts', ['student', 'predict', at('student.onnx'), ...files])
  const table: string[][] = []
  for await (const line of lines) table.push(line.split(','))
  const column = (name: string) => table.slice(1).map((cells) => cells[table[0]!.indexOf(name)])
  expect(column('side predicted')).toEqual(['under', 'over'])
  // 100 + 10 (1 + 1) and 100 - 10 (1 + 1)
  const [high, low] = column('height').map(Number)
  expect(Math.abs(high! - 120)).toBeLessThan(5)
  expect(Math.abs(low! - 80)).toBeLessThan(5)
})

it('shows a site what it would say of each target', async () => {
  const federation = await federationOfWalks(siteYaml.replace('policy: {', 'policy: { approval: manual,'))
  const coordinator = await federation.startCoordinator()
  await federation.startSites(coordinator)
  await coordinator.operator.startRun({ privacy: 'plain' })
  await vi.waitFor(() => expect(latestRun(coordinator.core.state())?.questions).toHaveLength(1))
  const { answer } = (await previewQuestion(federation.siteDir('north'), world))!
  expect(answer).toMatchObject({
    kind: 'probabilities;gaussian-moments',
    items: 40,
    heads: [
      { name: 'side', kind: 'probabilities' },
      { name: 'height', kind: 'gaussian-moments' },
    ],
  })
  const [side, height] = answer!.heads.map(({ firstRows }) => firstRows)
  expect([side?.length, height?.length]).toEqual([5, 5])
  // Probabilities of a row sum to one; a second moment is no less than the square of the mean, give or take two units.
  for (const [under = 0, over = 0] of side!) expect(under + over).toBeCloseTo(1, 12)
  for (const [mean = 0, square = 0] of height!) expect(square).toBeGreaterThan(mean ** 2 - 1e-3)
})
