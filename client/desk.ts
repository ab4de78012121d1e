/**
 * The desk: does what `siteDuties` says is owed, one thing at a time.
 *
 * A share is stored, then journalled together with a last look at the policy, and only then sent. Whatever
 * goes wrong with one question ends in a refusal with a code. Only what will pass (a lost link, a full disk) is
 * left for the next visit.
 */
import { checkQuestion, type Objection, type SitePolicy } from '#federation/policy.ts'
import type { Blobs, Clock, Logger } from '#federation/ports.ts'
import type { QuestionId } from '#federation/ids.ts'
import {
  acknowledgeAnswer,
  decline,
  receiveStudent,
  sealAnswer,
  siteDuties,
  voidAnswer,
  type Duty,
} from '#federation/site-decide.ts'
import { hash } from '#privacy/crypto.ts'
import { requireSignature } from '#privacy/identity.ts'
import { describeError, errorCodeOf } from '#proto/errors.ts'
import type { Inbox } from '#proto/frames.ts'
import { decodeManifest, QUESTION_DOMAIN, type QuestionManifest } from '#proto/manifest.ts'
import type { ComputedAnswer } from './answer.ts'
import type { FetchBlob } from './blobs.ts'
import type { SiteCore } from './core.ts'
import { isFinal, objectionTo, willPass } from './failures.ts'
import type { Session } from './session.ts'
import type { StatusBoard } from './status.ts'

export interface DeskParts {
  readonly core: SiteCore
  readonly session: Session
  readonly blobs: Blobs
  readonly fetchBlob: FetchBlob
  readonly policy: SitePolicy
  readonly coordinatorKey: string
  readonly status: StatusBoard
  readonly clock: Clock
  readonly log: Logger
  /** Undefined until the teacher is ready; questions wait for it. */
  readonly answerer: () => ((manifest: QuestionManifest) => Promise<ComputedAnswer>) | undefined
}

export interface Desk {
  /** Takes up what an inbox holds; returns at once. */
  receive(inbox: Inbox): void
  /** Finishes the duty under way and begins no other. */
  close(): Promise<void>
}

type Asked = Inbox['questions'][number]

export function createDesk(parts: DeskParts): Desk {
  const { core, session, blobs, fetchBlob, policy, coordinatorKey, status, clock, log, answerer } = parts
  let inbox: Inbox | undefined
  let asked = new Map<QuestionId, Asked>()
  let news = false
  let closed = false
  let underWay: Promise<void> | undefined

  /** The question's manifest, if the coordinator signed it and the policy allows it; otherwise why not. */
  const examine = ({ manifest: bytes, signature }: Asked): QuestionManifest | Objection => {
    try {
      requireSignature(coordinatorKey, QUESTION_DOMAIN, bytes, signature)
      const manifest = decodeManifest(bytes)
      return checkQuestion(policy, core.state(), manifest, clock()) ?? manifest
    } catch (error) {
      return objectionTo(error)
    }
  }

  const declineFor = async (question: QuestionId, objection: Objection): Promise<void> => {
    log.warn({ question: question.slice(0, 12), code: objection.code }, objection.reason)
    await core.commit((state) => decline(state, { question, ...objection }))
  }

  /** Computes and seals, or declines. */
  const answer = async (question: QuestionId): Promise<void> => {
    const [compute, received] = [answerer(), asked.get(question)]
    if (!compute || !received) return
    const manifest = examine(received)
    if ('reason' in manifest) return declineFor(question, manifest)
    const { run, purpose, round } = manifest
    const note =
      purpose === 'evaluate' ? `measuring the student of ${run}` : `answering ${run}, round ${round + 1}`
    status.update({ activity: 'answering', note, progress: 0 })
    try {
      const { share, items, subjectHash } = await compute(manifest)
      const shareHash = await blobs.put(share)
      const sealed = { question, run, items, shareHash, subjectHash, shareKind: manifest.share.kind, purpose }
      await core.commit((state, now) => {
        const late = checkQuestion(policy, state, manifest, now)
        return late ? decline(state, { question, ...late }) : sealAnswer(state, sealed)
      })
      log.info({ question: question.slice(0, 12), run, items }, 'answer sealed')
    } catch (error) {
      if (willPass(error)) throw error
      if (errorCodeOf(error) === undefined) log.error({ err: error }, 'an answer failed unexpectedly')
      await declineFor(question, objectionTo(error))
    } finally {
      status.update({ activity: 'idle', note: 'ready', progress: 0 })
    }
  }

  const send = async (question: QuestionId): Promise<void> => {
    const outcome = core.state().questions[question]
    if (outcome?.status !== 'sealed') return
    try {
      const share = await blobs.get(outcome.shareHash)
      await session.request({ kind: 'answer', question, share })
      await core.commit((state) => acknowledgeAnswer(state, question))
      log.info({ question: question.slice(0, 12) }, 'answer acknowledged')
    } catch (error) {
      if (!isFinal(error)) throw error
      const { code, reason } = objectionTo(error)
      await core.commit((state) => voidAnswer(state, { question, code, reason }))
      log.warn({ question: question.slice(0, 12), code }, reason)
    }
  }

  const refuse = async (question: QuestionId): Promise<void> => {
    const outcome = core.state().questions[question]
    if (outcome?.status !== 'declined') return
    const { code, reason } = outcome
    try {
      await session.request({ kind: 'refusal', question, code, reason })
    } catch (error) {
      if (!isFinal(error)) throw error
    }
  }

  const perform = async ({ kind, question }: Duty): Promise<void> => {
    if (kind === 'answer') await answer(question)
    if (kind === 'refuse' || core.state().questions[question]?.status === 'declined') await refuse(question)
    else await send(question)
  }

  const receiveStudents = async (): Promise<void> => {
    for (const { run, onnxHash, cardHash } of inbox?.students ?? []) {
      if (core.state().students[run]?.onnxHash === onnxHash) continue
      await fetchBlob(onnxHash, 'student')
      await fetchBlob(cardHash, "student's card")
      await core.commit((state) => receiveStudent(state, { run, onnxHash, cardHash }))
      log.info({ run, onnx: onnxHash.slice(0, 12) }, 'student received')
    }
  }

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      if (!closed) await work()
    } catch (error) {
      const { code, message } = describeError(error)
      if (!closed)
        log.warn({ code, ...(code === 'INTERNAL' && { err: error }) }, `${message} It is tried again.`)
    }
  }

  const drain = async (): Promise<void> => {
    for (; news;) {
      news = false
      for (const duty of siteDuties(core.state(), [...asked.keys()])) await attempt(() => perform(duty))
      await attempt(receiveStudents)
    }
  }

  return {
    receive(received) {
      inbox = received
      asked = new Map(received.questions.map((question) => [hash(question.manifest), question]))
      news = true
      underWay ??= drain().finally(() => (underWay = undefined))
    },
    async close() {
      closed = true
      await underWay
    },
  }
}
