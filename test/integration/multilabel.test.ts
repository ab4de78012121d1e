/** A federation that predicts several labels, every part real: folders, sockets, masks, a release. */
import { expect, it } from 'vitest'
import { readData } from '#engine/data/read.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { openOnnxModel } from '#engine/export/onnx.ts'
import { loadTfjsModel } from '#engine/export/tfjs.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseReport } from '#coordinator/evaluation.ts'
import { headOf } from '#distill/heads.ts'
import { connectOperator } from '../../cli/operator-client.ts'
import { releasedRun, siteNames, siteYaml, smallFederation, smallRun } from '../support/small-federation.ts'

/** Two labels that have nothing to do with each other; of one row in five the second is not known. */
function patients(seed: string, rows: number): string {
  const random = seededRandom(seed)
  const line = () => {
    const [x, y] = [random.normal(), random.normal()]
    const high = random.integer(5) === 0 ? '' : y > 0 ? 'yes' : 'no'
    return `${x},${y},${x > 0 ? 3 : 0},${high}`
  }
  return ['x,y,grade,high', ...Array.from({ length: rows }, line)].join('\n')
}

it('three sites teach, measure and receive a student of two labels', async () => {
  const federation = await smallFederation(
    undefined,
    undefined,
    siteNames,
    {
      ...smallRun,
      privacy: 'masked',
      student: 'linear',
      generations: 2,
      training: { epochs: 60, learningRate: 0.05 },
    },
    {
      points: patients,
      task: 'multilabel',
      target: 'grade>0,high',
      siteYaml: siteYaml.replace('epochs: 30', 'epochs: 60'),
    },
  )
  const coordinator = await federation.startCoordinator()
  await federation.startSites(coordinator)
  const run = await releasedRun(coordinator)
  expect(run.plan).toMatchObject({ rule: 'mean-label-probability', loss: 'bce', temperature: 1 })

  const operator = await connectOperator(federation.coordinatorDir)
  const file = (name: string) => operator.bytes(`/api/runs/${run.run}/files/${name}`)
  const json = async (name: string): Promise<unknown> =>
    JSON.parse(new TextDecoder().decode(await file(name)))
  const { task, classes, arms, federated } = parseReport(await file('report.json'))
  expect([task, classes]).toEqual(['multilabel', ['grade>0', 'high']])
  // A line through the plane tells each label exactly; each teacher learns it from 48 rows.
  for (const measured of [arms.student, federated]) {
    expect(measured?.accuracy?.mean).toBeGreaterThan(0.75)
    expect(measured?.perClass.map(({ auroc }) => auroc! > 0.8)).toEqual([true, true])
  }
  expect(arms.student.agreement?.mean).toBeGreaterThan(0.9)

  const schema = parseFeatureSchema(await json('schema.json'))
  const raw = readData({ format: 'csv', bytes: new TextEncoder().encode(patients('unseen', 200)) })
  const unseen = encodeDataset(schema, raw, { labels: 'required' })
  const head = headOf(unseen)
  const modelJson = (await json('model.json')) as object
  const models = [
    await openOnnxModel(await openRuntime(), await file('student.onnx'), head.squashing),
    await loadTfjsModel(modelJson, await file('weights.bin'), head.squashing),
  ]
  for (const model of models) {
    const { accuracy } = head.measure(head.predict(await model.logits(unseen.inputs, unseen.rows)), unseen)
    expect(accuracy).toBeGreaterThan(0.75)
  }
})
