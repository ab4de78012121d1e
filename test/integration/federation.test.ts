/** A whole federation over real sockets, stores and folders: what a consortium can count on. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { connectOperator } from '#cli/operator-client.ts'
import type { RunningCoordinator } from '#coordinator/main.ts'
import { evaluate } from '#distill/metrics.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { readData } from '#engine/data/read.ts'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { openOnnxModel } from '#engine/export/onnx.ts'
import { loadTfjsModel } from '#engine/export/tfjs.ts'
import { softmaxRows } from '#engine/infer.ts'
import { openRuntime } from '#engine/session/index.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { BodyKind } from '#proto/frames.ts'
import { bentLink, gate } from '../support/bent-link.ts'
import { federationEvents, ofType, siteEvents } from '../support/journal-events.ts'
import { noNatsServer, startNatsServer } from '../support/nats-server.ts'
import { planeCsv } from '../support/plane.ts'
import {
  coded,
  releasedRun,
  runOver,
  siteNames,
  smallFederation,
  sitePolicy,
  siteYaml,
} from '../support/small-federation.ts'

const teachersReady = ({ operator }: RunningCoordinator) =>
  vi.waitFor(() => {
    for (const { note } of operator.snapshot().sites) expect(note).toBe('ready')
  })

/** Keeps a site's answers from leaving until the promise resolves. */
const heldBack = (until: Promise<void>) =>
  bentLink({ before: (kind) => (kind === 'answer' ? until : undefined) })

/** The answer arrives; that it did is never heard. */
const loseReceipt = (kind: BodyKind) => {
  if (kind === 'answer') throw new CollegiumError('LINK_LOST', 'The receipt was lost.')
}

describe('a run', () => {
  it('releases a student that all sites taught, whose exports load and predict alike', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    await federation.startSites(coordinator)
    const run = await releasedRun(coordinator)
    const { questions } = coordinator.core.state()
    expect(run.questions.map((id) => questions[id]?.purpose)).toEqual(['teach', 'evaluate'])
    for (const id of run.questions) expect(questions[id]?.survivors).toEqual(siteNames)

    const operator = await connectOperator(federation.coordinatorDir)
    const file = (name: string) => operator.bytes(`/api/runs/${run.run}/files/${name}`)
    const json = async (name: string) => JSON.parse(new TextDecoder().decode(await file(name))) as object
    const schema = parseFeatureSchema(await json('schema.json'))
    const raw = readData({ format: 'csv', bytes: new TextEncoder().encode(planeCsv('unseen', 200)) })
    const { inputs, rows, labels } = encodeDataset(schema, raw, { labels: 'required' })
    const predictors = {
      onnx: await openOnnxModel(await openRuntime(), await file('student.onnx')),
      tfjs: await loadTfjsModel(await json('model.json'), await file('weights.bin')),
    }
    const [onnx, tfjs] = await Promise.all(
      Object.values(predictors).map(async (predictor) =>
        softmaxRows(await predictor.logits(inputs, rows), 2),
      ),
    )
    for (let i = 0; i < onnx!.length; i++) expect(Math.abs(onnx![i]! - tfjs![i]!)).toBeLessThan(1e-5)
    expect(evaluate({ rows, classes: 2, probabilities: onnx! }, labels!).accuracy).toBeGreaterThan(0.9)

    const measured = { accuracy: { mean: expect.any(Number) as number } }
    expect(await json('report.json')).toMatchObject({ arms: { student: measured }, federated: measured })
    for (const site of siteNames)
      await vi.waitFor(async () =>
        expect(ofType(await siteEvents(federation.siteDir(site)), 'student-received')).toHaveLength(1),
      )
  })

  it('asks in as many rounds as planned, and about every row once', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    await federation.startSites(coordinator)
    const run = await releasedRun(coordinator, { rounds: 2, rule: 'mean-logit', temperature: 2 })
    const events = await federationEvents(federation.coordinatorDir)
    const asked = ofType(events, 'question-opened').map(({ purpose, round }) => `${purpose} ${round}`)
    expect(asked).toEqual(['teach 0', 'teach 1', 'evaluate 1'])
    expect(ofType(events, 'student-trained').map(({ round }) => round)).toEqual([0, 1])
    expect(run.student?.networkHash).toBe(ofType(events, 'student-trained')[1]?.networkHash)
  })

  it('goes on without a silent site after the deadline, and tells the late one', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    for (const site of siteNames) await federation.join(coordinator, site)
    const late = gate()
    await federation.startSite('north')
    await federation.startSite('south')
    await federation.startSite('west', { linkFor: heldBack(late.opened) })
    await teachersReady(coordinator)

    const run = await releasedRun(coordinator, {
      threshold: 2,
      deadlineSeconds: 3,
      federatedEvaluation: false,
    })
    const [question = ''] = run.questions
    expect(coordinator.core.state().questions[question]?.survivors).toEqual(['north', 'south'])
    late.open()
    await vi.waitFor(async () => {
      const [voided] = ofType(await siteEvents(federation.siteDir('west')), 'answer-voided')
      expect(voided).toMatchObject({ question, code: 'QUESTION_CLOSED' })
    })
    const accepted = ofType(await federationEvents(federation.coordinatorDir), 'answer-accepted')
    expect(accepted.map(({ site }) => site).sort()).toEqual(['north', 'south'])
  })

  it('counts the answer of a site that restarts in the middle of a question once', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    for (const site of siteNames) await federation.join(coordinator, site)
    const patience = gate()
    await federation.startSite('north')
    await federation.startSite('south', { linkFor: heldBack(patience.opened) })
    const deaf = await federation.startSite('west', { linkFor: bentLink({ after: loseReceipt }) })

    await coordinator.operator.startRun({})
    const accepted = async () => {
      const events = ofType(await federationEvents(federation.coordinatorDir), 'answer-accepted')
      return events.map(({ site, question, shareHash }) => ({ site, question, shareHash }))
    }
    await vi.waitFor(
      async () => expect(await accepted()).toContainEqual(expect.objectContaining({ site: 'west' })),
      { timeout: 15_000 },
    )
    await deaf.close()
    const west = () => siteEvents(federation.siteDir('west'))
    expect(ofType(await west(), 'answer-acknowledged')).toHaveLength(0)
    await federation.startSite('west')
    await vi.waitFor(async () => expect(ofType(await west(), 'answer-acknowledged')).toHaveLength(1))
    patience.open()
    expect((await runOver(coordinator)).phase).toBe('released')

    const answers = await accepted()
    expect(new Set(answers.map(({ site, question }) => `${site} ${question}`)).size).toBe(answers.length)
    expect(answers).toHaveLength(6) // three sites, to teach and to measure
    const sealed = ofType(await west(), 'answer-sealed')
    expect(sealed.map(({ question, shareHash }) => ({ site: 'west', question, shareHash }))).toEqual(
      answers.filter(({ site }) => site === 'west'),
    )
  })

  it('acknowledges an answer that it counted, even to a site that only returns when the run is over', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    for (const site of siteNames) await federation.join(coordinator, site)
    await federation.startSite('north')
    await federation.startSite('south')
    const deaf = await federation.startSite('west', { linkFor: bentLink({ after: loseReceipt }) })
    await releasedRun(coordinator)
    await deaf.close()
    await federation.startSite('west')
    await vi.waitFor(async () => {
      const events = await siteEvents(federation.siteDir('west'))
      expect(ofType(events, 'answer-acknowledged')).toHaveLength(2)
      expect(ofType(events, 'answer-voided')).toHaveLength(0)
    })
  })

  it('fails without a quorum, says so, and lets the next one start', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    for (const site of siteNames) await federation.join(coordinator, site)
    await federation.startSite('north')
    await coordinator.operator.startRun({ deadlineSeconds: 1 })
    expect((await runOver(coordinator)).failure).toEqual({
      code: 'RUN_NO_QUORUM',
      reason: expect.stringMatching(/^[01] of 3 sites answered; the threshold is 3\.$/) as string,
    })
    await federation.startSite('south')
    await federation.startSite('west')
    expect((await releasedRun(coordinator)).run).toBe('run-2')
  })

  it('leaves out a site that waits for approval, and takes it in once it is approved', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    const { operator } = coordinator
    for (const site of siteNames) await federation.join(coordinator, site, { approve: false })
    for (const site of siteNames) await federation.startSite(site)
    await expect(operator.startRun({})).rejects.toEqual(coded('RUN_NO_SITES'))
    await operator.approve('north')
    await operator.approve('south')
    expect((await releasedRun(coordinator)).plan.roster).toEqual(['north', 'south'])
    const west = operator.snapshot().sites.find(({ site }) => site === 'west')
    expect(west).toMatchObject({ enrolment: 'pending', note: "waiting for the operator's approval" })
    await operator.approve('west')
    expect((await releasedRun(coordinator)).plan.roster).toEqual(siteNames)
  })

  it.skipIf(noNatsServer !== undefined)('takes answers over NATS beside answers over sockets', async () => {
    const broker = await startNatsServer()
    onTestFinished(() => broker.stop())
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator({ nats: broker.url })
    for (const site of siteNames) await federation.join(coordinator, site)
    const sent: BodyKind[] = []
    const before = (kind: BodyKind) => void sent.push(kind)
    await federation.startSite('north')
    await federation.startSite('south')
    await federation.startSite('west', { linkFor: bentLink({ address: broker.url, before }) })
    const run = await releasedRun(coordinator)
    for (const id of run.questions)
      expect(coordinator.core.state().questions[id]?.survivors).toEqual(siteNames)
    expect(sent.filter((kind) => kind === 'answer')).toHaveLength(2)
    await vi.waitFor(async () =>
      expect(ofType(await siteEvents(federation.siteDir('west')), 'student-received')).toHaveLength(1),
    )
  })

  it('records who refuses by policy, and why, and sums the others', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    for (const site of siteNames) await federation.join(coordinator, site)
    const policy = sitePolicy.replace('{', '{ purposes: [evaluate],')
    await writeFile(path.join(federation.siteDir('west'), 'site.yaml'), siteYaml.replace(sitePolicy, policy))
    for (const site of siteNames) await federation.startSite(site)
    const run = await releasedRun(coordinator, { threshold: 2 })
    const [teach, evaluation] = run.questions.map((id) => coordinator.core.state().questions[id]!)
    expect(teach).toMatchObject({
      survivors: ['north', 'south'],
      refusals: {
        west: {
          code: 'POLICY_REFUSED',
          reason: 'The policy of this site does not allow questions to teach.',
        },
      },
    })
    expect(evaluation?.survivors).toEqual(siteNames)
  })
})
