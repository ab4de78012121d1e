/** A federation that predicts a number, every part real: folders, sockets, masks, a release. */
import { expect, it } from 'vitest'
import { readData } from '#engine/data/read.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { openOnnxModel } from '#engine/export/onnx.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { parseReport } from '#coordinator/evaluation.ts'
import { headOf } from '#distill/heads.ts'
import { connectOperator } from '../../cli/operator-client.ts'
import { releasedRun, siteNames, siteYaml, smallFederation, smallRun } from '../support/small-federation.ts'

/** t = 100 + 10 (x - y), give or take 2. */
function measurements(seed: string, rows: number): string {
  const random = seededRandom(seed)
  const line = () => {
    const [x, y] = [random.normal(), random.normal()]
    return `${x},${y},${100 + 10 * (x - y) + 2 * random.normal()}`
  }
  return ['x,y,t', ...Array.from({ length: rows }, line)].join('\n')
}

it('three sites teach, measure and receive a student that says how sure it is', async () => {
  const federation = await smallFederation(
    undefined,
    undefined,
    siteNames,
    { ...smallRun, privacy: 'masked', student: 'linear', training: { epochs: 150, learningRate: 0.05 } },
    { points: measurements, task: 'regress', siteYaml: siteYaml.replace('epochs: 30', 'epochs: 150') },
  )
  const coordinator = await federation.startCoordinator()
  await federation.startSites(coordinator)
  const run = await releasedRun(coordinator)
  expect(run.plan).toMatchObject({ rule: 'gaussian-mixture', temperature: 1 })

  const operator = await connectOperator(federation.coordinatorDir)
  const file = (name: string) => operator.bytes(`/api/runs/${run.run}/files/${name}`)
  const { task, arms, federated } = parseReport(await file('report.json'))
  expect(task).toBe('regress')
  // The noise alone is 2, the spread of t is 14; 60 rows on the hold-out and 36 at the sites.
  for (const measured of [arms.student, federated]) {
    expect(measured?.rmse?.mean).toBeGreaterThan(1)
    expect(measured?.rmse?.mean).toBeLessThan(5)
    expect(measured?.coverage90?.mean).toBeGreaterThan(0.7)
  }
  expect(arms.student.meanKl?.mean).toBeLessThan(0.5)

  const schema = parseFeatureSchema(JSON.parse(new TextDecoder().decode(await file('schema.json'))))
  const raw = readData({ format: 'csv', bytes: new TextEncoder().encode(measurements('unseen', 200)) })
  const unseen = encodeDataset(schema, raw, { labels: 'required' })
  const student = await openOnnxModel(await openRuntime(), await file('student.onnx'))
  const head = headOf(unseen)
  const { rmse } = head.measure(head.predict(await student.logits(unseen.inputs, unseen.rows)), unseen)
  expect(rmse).toBeLessThan(5)
})
