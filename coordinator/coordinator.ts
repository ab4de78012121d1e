/**
 * The coordinator, composed: core, sites' door, workers and the operator's powers over the ports given.
 *
 * It knows nothing of files, HTTP or processes; `main.ts` gives it LMDB, sockets and a dashboard, and the
 * simulator gives it memory and an in-process link. Both run exactly this.
 */
import { classNames } from '#engine/data/target.ts'
import { closeAtDeadline, revealSum } from '#federation/decide-question.ts'
import { failRun, progress } from '#federation/decide-run.ts'
import type { FederationEvent } from '#federation/events.ts'
import type { Obligation } from '#federation/obligations.ts'
import { isMasked } from '#federation/stages.ts'
import type { CoordinatorLink, PeerId } from '#federation/ports.ts'
import { coordinatorKeyOf } from '#federation/state.ts'
import { tunedRun } from '#federation/tuning.ts'
import { CollegiumError } from '#proto/errors.ts'
import { askNext } from './asking.ts'
import { checkSum } from './check-sum.ts'
import { attestWith } from './checkpoints.ts'
import { openCore, pause, type Core } from './core.ts'
import { createPublicData } from './datasets.ts'
import { distilRound, type DistillerParts } from './distiller.ts'
import { evaluateRun } from './evaluation.ts'
import { createOperator, type OperatorCore } from './operator.ts'
import type { CoordinatorParts } from './parts.ts'
import { createPresences } from './presence.ts'
import { gateRelease } from './release-gate.ts'
import { releaseStudent } from './release.ts'
import { createSiteDoor } from './requests.ts'
import { createSecureSums } from './secure-sums.ts'
import { selectRule } from './selecting.ts'
import { sumAnswers } from './summing.ts'
import { scoreTrial } from './tuning.ts'

export interface Coordinator {
  readonly core: Core
  readonly operator: OperatorCore
  /** Called after every change of state, presence or curve, until the returned function is called. */
  onChange(listener: () => void): () => void
  close(): Promise<void>
}

/** A deadline further away than a timer can count is waited for in steps. */
const LONGEST_PAUSE_MS = 3_600_000

export async function createCoordinator(parts: CoordinatorParts): Promise<Coordinator> {
  const { blobs, runtime, clock, identity, random, log, journal } = parts
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const core = await openCore({
    journal,
    clock,
    log,
    attest: attestWith(identity),
    async onFailure(failing, obligation, code, reason) {
      const run = 'run' in obligation ? obligation.run : failing.state().questions[obligation.question]?.run
      if (run !== undefined) await failing.commit((state) => failRun(state, run, code, reason))
    },
  })
  await found(core, parts)

  const presences = createPresences(changed)
  const sums = createSecureSums(blobs)
  const door = createSiteDoor({ core, blobs, identity, presences, sums, clock, log })
  const operator = await createOperator({ ...parts, core, presences })
  const publicData = createPublicData(blobs)
  const origin = new Map<PeerId, CoordinatorLink>()
  const distiller: DistillerParts = {
    blobs,
    runtime,
    clock,
    scratch: parts.scratch,
    onCurve(run, curve) {
      operator.showCurve(run, curve)
      changed()
    },
  }

  const pushInbox = async (publicKey: string): Promise<void> => {
    const peers = presences.peersOf(publicKey)
    const frame = peers.length > 0 ? await door.inboxFrame(publicKey) : undefined
    for (const peer of peers)
      if (frame && origin.get(peer)?.push(peer, frame)) presences.count(publicKey, { down: frame.byteLength })
  }
  /** A push only saves a site the wait until its next poll: one that fails is logged and forgotten. */
  const pushInboxes = () => {
    for (const { publicKey } of Object.values(core.state().sites))
      pushInbox(publicKey).catch((err: unknown) => log.warn({ err }, 'an inbox could not be pushed'))
  }
  core.onEvent(({ event }) => {
    if (concernsSites(event)) pushInboxes()
    changed()
  })

  const perform = async (obligation: Obligation, signal: AbortSignal): Promise<void> => {
    const state = core.state()
    const began = clock()
    switch (obligation.kind) {
      case 'ask':
        return askNext(
          { core, identity, clock, random },
          obligation.run,
          obligation.round,
          obligation.purpose,
        )
      case 'deadline': {
        await pause(Math.min(LONGEST_PAUSE_MS, Math.max(0, obligation.at - clock())), signal)
        if (!signal.aborted)
          await core.commit((latest, now) => closeAtDeadline(latest, obligation.question, now))
        return
      }
      case 'sum': {
        const question = state.questions[obligation.question]
        const run = question && state.runs[question.run]
        if (!run) return
        const sumHash = isMasked(run) ? await sums.reveal(question) : await sumAnswers(blobs, question)
        await checkSum(blobs, question, sumHash)
        await core.commit((latest) => revealSum(latest, obligation.question, sumHash))
        return
      }
    }
    const planned = state.runs[obligation.run]
    if (!planned) return
    const data = await publicData(planned.plan)
    // What trials found counts once there are no more of them.
    const run = obligation.kind === 'tune' ? planned : tunedRun(planned)
    switch (obligation.kind) {
      case 'select': {
        const selected = await selectRule({ blobs, runtime, clock }, state, run, data, signal)
        if (selected.type === 'rule-selected')
          log.info({ run: run.run, rule: selected.rule, scores: selected.scores }, 'combine rule selected')
        await core.commit((latest) => progress(latest, selected))
        return
      }
      case 'tune': {
        const scored = await scoreTrial({ blobs, runtime, clock }, state, run, data, signal)
        log.info(scored, 'settings tried')
        await core.commit((latest) => progress(latest, scored))
        return
      }
      case 'distil': {
        const trained = await distilRound(distiller, state, run, data, signal)
        const { run: id, round, generation } = run
        const fact = { type: 'student-trained' as const, run: id, round, generation, ...trained }
        await core.commit((latest) => progress(latest, fact))
        return
      }
      case 'evaluate': {
        const { comparison, labelsAlone } = parts
        const reportHash = await evaluateRun(
          { blobs, runtime, clock, labelsAlone, ...(comparison && { comparison }) },
          state,
          run,
          data,
          signal,
        )
        const seconds = Math.max(0, clock() - began) / 1000
        await core.commit((latest) =>
          progress(latest, { type: 'student-evaluated', run: run.run, reportHash, seconds }),
        )
        return
      }
      case 'release': {
        const gate = await gateRelease(parts, state, run, data)
        const files = await releaseStudent(blobs, runtime, state, run, data, gate)
        await core.commit((latest) => progress(latest, { type: 'student-released', run: run.run, files }))
      }
    }
  }

  const links = parts.openLinks(core.state().founded?.federation ?? '')
  const close = async () => {
    for (const link of links) await link.close()
    await core.close()
  }
  try {
    for (const link of links) {
      await link.listen({
        onRequest(peer, frame) {
          origin.set(peer, link)
          return door.onRequest(peer, frame)
        },
        onGone(peer) {
          origin.delete(peer)
          door.onGone(peer)
        },
      })
    }
  } catch (error) {
    await close()
    throw error
  }
  core.work(perform)

  return {
    core,
    operator,
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close,
  }
}

/**
 * The first event of the journal, written once. Sites have pinned the key and prepared their teachers by the
 * schema, so a coordinator that now has others is not this federation's: rejects with `KEY_FILE_INVALID` or
 * `CONFIG_INVALID`.
 */
async function found(core: Core, { config, data, identity, random }: CoordinatorParts): Promise<void> {
  const federation = Buffer.from(random(32)).toString('hex')
  await core.commit((state) => {
    const { founded } = state
    if (founded && coordinatorKeyOf(state) !== identity.publicKey)
      throw new CollegiumError(
        'KEY_FILE_INVALID',
        'This is not the key that the federation was founded with, nor one that followed it; its sites trust no other.',
      )
    if (founded && founded.schemaHash !== data.schemaHash)
      throw new CollegiumError(
        'CONFIG_INVALID',
        'The feature schema differs from the one the federation was founded with; restore it, or found another.',
      )
    if (founded) return []
    return [
      {
        type: 'federation-founded',
        federation,
        name: config.name,
        coordinatorKey: identity.publicKey,
        classes: classNames(data.schema),
        schemaHash: data.schemaHash,
      },
    ]
  })
}

function concernsSites({ type }: FederationEvent): boolean {
  return ![
    'site-invited',
    'checkpoint',
    'run-started',
    'answer-accepted',
    'step-accepted',
    'sum-reused',
    'candidate-trained',
    'rule-selected',
    'trial-scored',
    'question-refused',
    'student-trained',
  ].includes(type)
}
