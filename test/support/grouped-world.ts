/**
 * A masked question with every part of the protocol real and no wire: decisions, envelopes, both sides of the secure
 * sums, groups where the plan wants them. Sites answer what a test says they answer.
 */
import { createMaskedRounds, type MaskedRounds } from '#client/masked-rounds.ts'
import { createSecureSums, type SecureSums } from '#coordinator/secure-sums.ts'
import { composeManifest } from '#federation/compose-manifest.ts'
import { enrol, invite } from '#federation/decide-enrolment.ts'
import { answer, askQuestion, closeAtDeadline, revealSum, speak } from '#federation/decide-question.ts'
import { startRun } from '#federation/decide-run.ts'
import { sealEnvelope } from '#federation/envelope.ts'
import { encodeEvent, type Fact, type FederationEvent } from '#federation/events.ts'
import { turnOf } from '#federation/inbox.ts'
import { stepRecord, type StepBody } from '#federation/masking.ts'
import type { RunPlan } from '#federation/plan.ts'
import { policySchema, type SitePolicy } from '#federation/policy.ts'
import type { Blobs } from '#federation/ports.ts'
import { packShare } from '#federation/share.ts'
import { deadlineOf, stageOf } from '#federation/stages.ts'
import { emptyState, evolve, type FederationState, type Question, type Run } from '#federation/state.ts'
import { hash, ready } from '#privacy/crypto.ts'
import { asResidues } from '#privacy/fixed-point.ts'
import { identityOf } from '#privacy/identity.ts'
import { maskingStages, type MaskingStage, type MaskingTask } from '#proto/frames.ts'
import { decodeManifest, encodeManifest, QUESTION_DOMAIN } from '#proto/manifest.ts'
import { emptyHead, extendChain } from '#store/chain.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { chance } from './chance.ts'
import { examplePlan } from './example-plan.ts'
import { hex } from './wire-examples.ts'

export interface GroupedWorld {
  readonly sites: readonly string[]
  readonly blobs: Blobs
  readonly events: readonly FederationEvent[]
  readonly rounds: ReadonlyMap<string, MaskedRounds>
  state(): FederationState
  run(): Run
  question(): Question
  /** What the site is told next. */
  tasks(site: string): Promise<MaskingTask[]>
  /** What the site says in its turn, in the words of its task unless others are given. */
  say(site: string, bend?: (task: MaskingTask) => MaskingTask): Promise<void>
  /** All whose turn it is speak, but the silent; then, if anyone was silent, the deadline passes. */
  stage(silent?: readonly string[]): Promise<void>
  /** Through all the stages that are left, with the silent of each. */
  play(silent?: Partial<Record<MaskingStage, readonly string[]>>): Promise<void>
  /** The stored sum of the question, and its hash. */
  reveal(sums?: SecureSums): Promise<{ hash: string; bytes: Uint8Array }>
}

const DEADLINE = 10_000
const FEDERATION = hex('f0')

/** `answers` gives the words of each site's share; `plan` says how many. */
export async function groupedWorld(
  sites: number,
  plan: Pick<RunPlan, 'transfer' | 'scale'> & Partial<RunPlan>,
  answers: (site: string) => Uint32Array,
  policy: SitePolicy = policySchema.parse({}),
): Promise<GroupedWorld> {
  await ready
  const digits = Math.max(2, String(sites - 1).length)
  const names = Array.from({ length: sites }, (_, i) => `s${String(i).padStart(digits, '0')}`)
  const secret = chance(`grouped world of ${sites}`)
  const random = (length: number) => Uint8Array.from({ length }, () => secret.integer(256))
  const identities = new Map(names.map((name) => [name, identityOf(random(32))]))
  const blobs = await openMemoryBlobs()
  const sums = createSecureSums(blobs)
  const rounds = new Map(
    names.map((name) => [name, createMaskedRounds(identities.get(name)!, policy, random)]),
  )
  let state = emptyState
  let now = 1000
  let sequence = 0
  const events: FederationEvent[] = []
  const doing = (facts: readonly Fact[]) => {
    const stamped = facts.map((fact): FederationEvent => ({ ...fact, at: now }))
    events.push(...stamped)
    state = stamped.reduce(evolve, state)
  }

  const coordinator = identityOf(random(32))
  const founding = { federation: FEDERATION, name: 'Test', classes: ['a', 'b'], schemaHash: hex('03') }
  doing([{ type: 'federation-founded', ...founding, coordinatorKey: coordinator.publicKey }])
  names.forEach((site, i) => {
    const tokenHash = i.toString(16).padStart(64, '0')
    doing(invite(state, { site, tokenHash, expiresAt: 1e6, approve: true }))
    doing(enrol(state, { tokenHash, publicKey: identities.get(site)!.publicKey }, now))
  })
  doing(startRun(state, examplePlan(names, { ...usualPlan, ...plan })))
  const run = () => state.runs['run-1']!
  const [founded] = extendChain(emptyHead, [encodeEvent(events[0]!)])
  const head = { sequence: founded!.sequence, hash: founded!.hash }
  const manifest = encodeManifest(composeManifest(state, run(), 'teach', now, 7, head))
  const id = hash(manifest)
  doing(
    askQuestion(state, {
      run: 'run-1',
      question: id,
      round: 0,
      purpose: 'teach',
      manifest: Buffer.from(manifest).toString('base64'),
      signature: Buffer.from(coordinator.sign(QUESTION_DOMAIN, manifest)).toString('base64'),
      expiresAt: now + DEADLINE,
    }),
  )
  const question = () => state.questions[id]!

  const post = async (site: string, body: StepBody): Promise<void> => {
    const frame = sealEnvelope(identities.get(site)!, {
      version: 1,
      federation: FEDERATION,
      sequence: ++sequence,
      expiresAtMs: now + 60_000,
      inReplyTo: 0,
      body,
    })
    const step = stepRecord(site, body, frame)
    speak(state, step, now)
    await sums.check(state, site, body)
    await blobs.put(frame)
    doing(speak(state, step, now))
  }

  const tell = async (site: string, task: MaskingTask): Promise<void> => {
    const own = rounds.get(site)!
    if (task.stage !== 'answers') return post(site, own.say(task))
    const share = packShare(decodeManifest(manifest).share, own.mask(task, asResidues(answers(site))))
    const claim = { question: id, site, shareHash: await blobs.put(share), envelopeHash: hash(share) }
    doing(answer(state, { ...claim, bytes: share.length, commitment: hex('0b'), journal: head }, now))
  }

  const world: GroupedWorld = {
    sites: names,
    blobs,
    events,
    rounds,
    state: () => state,
    run,
    question,
    tasks: (site) => sums.tasks(state, site),
    async say(site, bend = (task) => task) {
      const [task] = await sums.tasks(state, site)
      if (task) await tell(site, bend(task))
      else await post(site, rounds.get(site)!.enter(id, manifest))
    },
    async stage(silent = []) {
      const stage = stageOf(run(), question())
      const due = names.filter((site) => turnOf(state, site))
      for (const site of due) if (!silent.includes(site)) await world.say(site)
      if (!stage || stageOf(run(), question()) !== stage) return
      now = deadlineOf(run(), question(), stage)
      doing(closeAtDeadline(state, id, now))
    },
    async play(silent = {}) {
      for (const stage of maskingStages)
        if (!run().failure && stageOf(run(), question()) === stage) await world.stage(silent[stage])
    },
    async reveal(by = sums) {
      const sumHash = await by.reveal(question())
      doing(revealSum(state, id, sumHash))
      return { hash: sumHash, bytes: await blobs.get(sumHash) }
    },
  }
  return world
}

const usualPlan: Partial<RunPlan> = {
  groups: { smallest: 4 },
  student: { kind: 'mlp', inputs: 1, hidden: [], outputs: 2, activation: 'relu' },
  schemaHash: hex('03'),
  federatedEvaluation: false,
  deadlineMs: DEADLINE,
}
