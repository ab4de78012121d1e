/** A federation that predicts a class, a number and two labels at once, every part real: folders, sockets, masks, a release. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { encodeDataset } from '#engine/data/encode.ts'
import { readData } from '#engine/data/read.ts'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { openOnnxModel, outputNamesOf } from '#engine/export/onnx.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseReport } from '#coordinator/evaluation.ts'
import { headOf } from '#distill/heads.ts'
import { connectOperator } from '../../cli/operator-client.ts'
import { releasedRun, siteNames, siteYaml, smallFederation, smallRun } from '../support/small-federation.ts'

/** Of one row in five the number is not known, of another the labels; `lacking` columns are never. */
function patients(seed: string, rows: number, lacking: readonly string[] = []): string {
  const random = seededRandom(seed)
  const columns = ['x', 'y', 'grade', 'pulse', 'high', 'far']
  const line = () => {
    const [x, y, part] = [random.normal(), random.normal(), random.integer(5)]
    const cells: Record<string, string | number> = {
      x,
      y,
      grade: x > 0 ? 3 : 0,
      pulse: part === 0 ? '?' : 100 + 20 * (x - y) + 4 * random.normal(),
      high: part === 1 ? '?' : y > 0 ? 'yes' : 'no',
      far: part === 1 ? '?' : x + y > 0 ? 1 : 0,
    }
    return columns.map((name) => (lacking.includes(name) ? '?' : cells[name])).join(',')
  }
  return [columns.join(','), ...Array.from({ length: rows }, line)].join('\n')
}

const run = {
  ...smallRun,
  privacy: 'masked',
  student: 'linear',
  head: { pulse: { weight: 2 }, signs: { rule: 'mean-label-logit' } },
  training: { epochs: 120, learningRate: 0.05 },
} as const
const predicted = {
  points: patients,
  task: 'multitask',
  target: 'risk=grade>0,pulse:number,signs=high+far:labels',
  siteYaml: siteYaml.replace('epochs: 30', 'epochs: 120'),
} as const

it('three sites teach, measure and receive a student of a class, a number and two labels', async () => {
  const federation = await smallFederation(undefined, undefined, siteNames, run, predicted)
  // The schema stays; what is published of the transfer set says nothing of anybody's risk.
  await writeFile(path.join(federation.dir, 'transfer.csv'), patients('transfer', 40, ['grade']))
  const coordinator = await federation.startCoordinator()
  await federation.startSites(coordinator)
  const released = await releasedRun(coordinator)
  expect(released.plan).toMatchObject({ rule: 'by-target', temperature: 1 })

  const operator = await connectOperator(federation.coordinatorDir)
  const file = (name: string) => operator.bytes(`/api/runs/${released.run}/files/${name}`)
  const report = parseReport(await file('report.json'))
  expect(report).toMatchObject({
    task: 'multitask',
    classes: [],
    rule: 'risk mean-probability, pulse gaussian-mixture, signs mean-label-logit',
    loss: 'risk kd, pulse kd, signs bce',
  })
  // A line through the plane tells class and labels exactly; the noise of the number is 4, its spread 28.
  for (const measured of [report.arms.student, report.federated]) {
    const [risk, pulse, signs] = measured?.heads ?? []
    expect([risk, pulse, signs].map((head) => [head?.name, head?.task, head?.classes])).toEqual([
      ['risk', 'classify', ['negative', 'positive']],
      ['pulse', 'regress', []],
      ['signs', 'multilabel', ['high', 'far']],
    ])
    expect(risk?.metrics.accuracy?.mean).toBeGreaterThan(0.8)
    expect(pulse?.metrics.rmse?.mean).toBeGreaterThan(2)
    expect(pulse?.metrics.rmse?.mean).toBeLessThan(12)
    expect(signs?.metrics.perClass.map(({ auroc }) => auroc! > 0.85)).toEqual([true, true])
    const sum = [risk, pulse, signs].reduce((total, head) => total + head!.metrics.nll!.mean!, 0)
    expect(measured?.nll?.mean).toBeCloseTo(sum, 9)
  }
  expect(report.arms.student.meanKl?.mean).toBeLessThan(1)
  // Nobody could teach the risk without the sites.
  expect(report.arms.noDistillation).toBeUndefined()

  const schema = parseFeatureSchema(JSON.parse(new TextDecoder().decode(await file('schema.json'))))
  const raw = readData({ format: 'csv', bytes: new TextEncoder().encode(patients('unseen', 200)) })
  const unseen = encodeDataset(schema, raw, { labels: 'required' })
  const model = await file('student.onnx')
  expect(outputNamesOf(model)).toEqual([
    'risk_logits',
    'risk_probabilities',
    'pulse_mean',
    'pulse_standard_deviation',
    'pulse_gaussian',
    'signs_logits',
    'signs_probabilities',
    'heads',
  ])
  const head = headOf(unseen)
  const student = await openOnnxModel(await openRuntime(), model, head.squashing)
  const { heads } = head.measure(head.predict(await student.logits(unseen.inputs, unseen.rows)), unseen)
  expect(heads?.[0]?.metrics.accuracy).toBeGreaterThan(0.8)
  expect(heads?.[1]?.metrics.rmse).toBeLessThan(12)
})

it('a site that knows nothing of a target says so, and has no teacher', async () => {
  const federation = await smallFederation(undefined, undefined, ['north'], run, predicted)
  await writeFile(path.join(federation.siteDir('north'), 'rows.csv'), patients('north', 60, ['pulse']))
  const coordinator = await federation.startCoordinator()
  await federation.join(coordinator, 'north')
  const { ended } = await federation.startSite('north')
  await expect(ended).rejects.toMatchObject({
    code: 'DATA_EMPTY',
    message: 'There is no row whose target "pulse" is known, and a teacher must answer for every target.',
  })
})
