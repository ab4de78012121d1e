/**
 * The desk: does what `siteDuties` says is owed, one thing at a time.
 *
 * A share is stored, then journalled together with a last look at the policy and the charge to the ledger, and
 * only then sent. Whatever goes wrong with one question ends in a refusal with a code. Only what will pass (a
 * lost link, a full disk) is left for the next visit.
 */
import type { Objection } from '#federation/objection.ts'
import { checkQuestion, type SitePolicy } from '#federation/policy.ts'
import type { Blobs, Clock, Logger, SecureRandom } from '#federation/ports.ts'
import { usualPricing, type Pricing } from '#federation/pricing.ts'
import type { QuestionId } from '#federation/ids.ts'
import { commitAnswer } from '#federation/opening.ts'
import { packShare, unpackShare } from '#federation/share.ts'
import { sealOrDecline } from '#federation/site-answer.ts'
import {
  acknowledgeAnswer,
  decline,
  enterQuestion,
  receiveStudent,
  shareUnmasking,
  siteDuties,
  voidAnswer,
  type Duty,
} from '#federation/site-decide.ts'
import { witness } from '#federation/witness.ts'
import type { StepBody } from '#federation/masking.ts'
import { hash } from '#privacy/crypto.ts'
import { requireSignature } from '#privacy/identity.ts'
import { describeError, errorCodeOf } from '#proto/errors.ts'
import type { BodyOf, Inbox, MaskingTask } from '#proto/frames.ts'
import { decodeManifest, QUESTION_DOMAIN, type QuestionManifest } from '#proto/manifest.ts'
import type { ComputedAnswer } from './answer.ts'
import type { FetchBlob } from './blobs.ts'
import type { SiteCore } from './core.ts'
import { isFinal, objectionTo, willPass } from './failures.ts'
import type { MaskedRounds } from './masked-rounds.ts'
import { rollbackOf } from './rollback.ts'
import type { Session } from './session.ts'
import type { StatusBoard } from './status.ts'
import type { TransferWatch } from './transfer-watch.ts'
import { worthText, type Worth } from './worth.ts'

export interface DeskParts {
  readonly core: SiteCore
  readonly session: Session
  readonly blobs: Blobs
  readonly fetchBlob: FetchBlob
  readonly policy: SitePolicy
  /** That signs questions now. */
  readonly coordinatorKey: () => string
  readonly status: StatusBoard
  readonly clock: Clock
  readonly random: SecureRandom
  readonly log: Logger
  /** The masked questions under way in this process. */
  readonly rounds: MaskedRounds
  /** What answers cost; the product's own prices unless told. */
  readonly pricing?: Pricing
  /** Asked about each question when the policy wants approval by hand; nobody approves unless told. */
  readonly approved?: (question: QuestionId) => Promise<boolean>
  /** Sets a released student beside the teacher; nothing is measured unless told. */
  readonly worth?: (studentOnnx: Uint8Array) => Promise<readonly Worth[]>
  /** Sets transfer sets beside the site's own rows; nothing is measured unless told. */
  readonly transferWatch?: TransferWatch
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
  const { core, session, blobs, fetchBlob, policy, coordinatorKey, status, rounds, answerer } = parts
  const { clock, random, log } = parts
  const { pricing = usualPricing, approved = () => Promise.resolve(false) } = parts
  let inbox: Inbox | undefined
  let asked = new Map<QuestionId, Asked>()
  let tasks = new Map<QuestionId, MaskingTask>()
  let news = false
  let closed = false
  let underWay: Promise<void> | undefined
  /** Questions that nobody has approved yet. */
  const waiting = new Set<QuestionId>()
  let lastRefusal = ''

  const read = ({ manifest, signature }: Asked): QuestionManifest | Objection => {
    try {
      requireSignature(coordinatorKey(), QUESTION_DOMAIN, manifest, signature)
      return decodeManifest(manifest)
    } catch (error) {
      return objectionTo(error)
    }
  }

  /** The question's manifest, if the coordinator signed it and the policy allows it; otherwise why not. */
  const examine = async (question: QuestionId, received: Asked): Promise<QuestionManifest | Objection> => {
    const manifest = read(received)
    if ('reason' in manifest) return manifest
    const objection = checkQuestion(policy, core.state(), manifest, clock(), pricing)
    await core.commit((state) => witness(state, question, manifest))
    return objection ?? manifest
  }

  const declineFor = async (question: QuestionId, objection: Objection): Promise<void> => {
    log.warn({ question: question.slice(0, 12), code: objection.code }, objection.reason)
    await core.commit((state) => decline(state, { question, ...objection }))
  }

  /** Computes and seals, or declines. Masked questions are entered first, and sealed at a later step. */
  const answer = async (question: QuestionId): Promise<void> => {
    const [compute, received] = [answerer(), asked.get(question)]
    if (!compute || !received) return
    const manifest = await examine(question, received)
    if ('reason' in manifest) return declineFor(question, manifest)
    if (policy.approval === 'manual' && !(await approved(question))) return wait(question)
    if (manifest.privacy.mode !== 'plain') return enter(question, manifest)
    await seal(question, manifest, compute)
  }

  const wait = (question: QuestionId): void => {
    if (waiting.has(question)) return
    waiting.add(question)
    status.update({ note: `question ${question.slice(0, 12)} waits for approval at the site` })
    log.info({ question }, 'a question waits: collegium client preview, then collegium client answer')
  }

  /** Those that are answered or closed by now wait no more. */
  const waitNoMore = (): void => {
    for (const question of waiting)
      if (!asked.has(question)) {
        waiting.delete(question)
        status.update({ note: 'ready' })
      }
  }

  /** Computes the answer, puts on its masks where it has any, stores and journals it; or declines. */
  const seal = async (
    question: QuestionId,
    manifest: QuestionManifest,
    compute: NonNullable<ReturnType<DeskParts['answerer']>>,
    mask?: (share: Uint8Array) => Uint8Array,
  ): Promise<void> => {
    const { run, purpose, round, studentHashes } = manifest
    const measured = studentHashes.length > 1 ? `${studentHashes.length} students` : 'the student'
    const note =
      purpose === 'evaluate' ? `measuring ${measured} of ${run}` : `answering ${run}, round ${round + 1}`
    status.update({ activity: 'answering', note, progress: 0 })
    try {
      const { share, items, subjectHash, furtherSubjects, transfer } = await compute(manifest)
      if (transfer) parts.transferWatch?.saw(subjectHash, transfer)
      const stored = mask ? await hide(question, share, mask) : { shareHash: await blobs.put(share) }
      const computed = {
        question,
        items,
        subjectHash,
        ...(furtherSubjects && { furtherSubjects }),
        ...stored,
      }
      await core.commit((state, now) => sealOrDecline(policy, state, manifest, computed, now, pricing))
      log.info({ question: question.slice(0, 12), run, items }, 'answer sealed')
    } catch (error) {
      if (willPass(error)) throw error
      if (errorCodeOf(error) === undefined) log.error({ err: error }, 'an answer failed unexpectedly')
      await declineFor(question, objectionTo(error))
    } finally {
      status.update({ activity: 'idle', note: 'ready', progress: 0 })
    }
  }

  /** Under masks a share leaves with a commitment to it; what opens that stays here. */
  const hide = async (question: QuestionId, share: Uint8Array, mask: (share: Uint8Array) => Uint8Array) => {
    const subject = { question, site: core.state().joined?.site ?? '' }
    const { commitment, kept } = commitAnswer(subject, share, random(32))
    const openingHash = await blobs.put(kept)
    return { shareHash: await blobs.put(mask(share)), commitment, openingHash }
  }

  /** Takes part in a masked question: journalled before its first key leaves. */
  const enter = async (question: QuestionId, { run, purpose }: QuestionManifest): Promise<void> => {
    await core.commit((state) => enterQuestion(state, { question, run, purpose }))
    log.info({ question: question.slice(0, 12), run }, 'masked question entered')
    const received = asked.get(question)
    if (received) await orDropOut(question, () => say(rounds.enter(question, received.manifest)))
  }

  /** The receipt was lost, or this process is another one: then it has dropped out. */
  const offerAgain = (question: QuestionId): Promise<void> =>
    orDropOut(question, () => say(rounds.offered(question)))

  const say = async (body: StepBody): Promise<void> => {
    await session.request<'keyOffer'>(body as BodyOf<'keyOffer'>)
  }

  /** The next step of a masked question: shares, the answer, the signature, or the shares that unmask the sum. */
  const step = async (question: QuestionId): Promise<void> => {
    const task = tasks.get(question)
    if (!task) return
    await orDropOut(question, async () => {
      if (task.stage === 'answers') return answerMasked(task)
      // Journalled first: whatever happens next, these shares may have left. Said again, they are the same.
      const body = rounds.say(task)
      if (task.stage === 'unmasking') await core.commit((state) => shareUnmasking(state, question))
      await say(body)
    })
  }

  const answerMasked = async (task: MaskingTask): Promise<void> => {
    const { question } = task
    const compute = answerer()
    const manifest = rounds.manifest(question)
    if (core.state().questions[question]?.status === 'entered' && compute)
      await seal(question, manifest, compute, (answer) =>
        packShare(manifest.share, rounds.mask(task, unpackShare(manifest.share, answer))),
      )
    if (core.state().questions[question]?.status === 'sealed') await send(question)
    else await refuse(question)
  }

  /** What is refused for good, here or there, ends this site's part: nobody is to wait for it. */
  const orDropOut = async (question: QuestionId, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (willPass(error)) throw error
      rounds.end(question)
      const objection = objectionTo(error)
      await declineFor(question, objection)
      await tellRefusal(question, objection)
    }
  }

  const send = async (question: QuestionId): Promise<void> => {
    const outcome = core.state().questions[question]
    if (outcome?.status !== 'sealed') return
    try {
      const share = await blobs.get(outcome.shareHash)
      const { commitment } = outcome
      const promised = commitment !== undefined && { commitment }
      await session.request({ kind: 'answer', question, share, journal: core.head(), ...promised })
      await core.commit((state) => acknowledgeAnswer(state, question))
      log.info({ question: question.slice(0, 12) }, 'answer acknowledged')
    } catch (error) {
      if (!isFinal(error)) throw error
      const { code, reason } = objectionTo(error)
      rounds.end(question)
      await core.commit((state) => voidAnswer(state, { question, code, reason }))
      log.warn({ question: question.slice(0, 12), code }, reason)
    }
  }

  const refuse = async (question: QuestionId): Promise<void> => {
    const outcome = core.state().questions[question]
    if (outcome?.status === 'declined' || outcome?.status === 'voided') await tellRefusal(question, outcome)
  }

  const tellRefusal = async (
    question: QuestionId,
    { code, reason }: Pick<Objection, 'reason'> & { code: string },
  ): Promise<void> => {
    try {
      await session.request({ kind: 'refusal', question, code, reason })
    } catch (error) {
      if (!isFinal(error)) throw error
    }
  }

  const perform = async ({ kind, question }: Duty): Promise<void> => {
    if (kind === 'enter') return offerAgain(question)
    if (kind === 'step') return step(question)
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
      const worths = (await parts.worth?.(await blobs.get(onnxHash))) ?? []
      for (const worth of worths) log.info({ run, ...worth }, worthText(worth))
    }
  }

  /** With a journal that has been set back nobody knows what was said and spent: nothing is answered or journalled. */
  const refuseAll = async (objection: Objection): Promise<void> => {
    status.update({ activity: 'idle', note: `${objection.code}: ${objection.reason}`.slice(0, 200) })
    if (objection.reason !== lastRefusal) log.error({ code: objection.code }, objection.reason)
    lastRefusal = objection.reason
    for (const question of new Set([...asked.keys(), ...tasks.keys()])) await tellRefusal(question, objection)
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
      let sound = false
      await attempt(async () => {
        const setBack = await rollbackOf(core, inbox?.journal)
        if (setBack) await refuseAll(setBack)
        else sound = true
      })
      if (!sound) continue
      for (const duty of siteDuties(core.state(), [...asked.keys()], [...tasks.keys()]))
        await attempt(() => perform(duty))
      await attempt(receiveStudents)
      await attempt(async () => parts.transferWatch?.tell())
    }
  }

  return {
    receive(received) {
      inbox = received
      rounds.endExpired(clock())
      asked = new Map(received.questions.map((question) => [hash(question.manifest), question]))
      waitNoMore()
      tasks = new Map(received.masking.map((task) => [task.question, task]))
      news = true
      underWay ??= drain().finally(() => (underWay = undefined))
    },
    async close() {
      closed = true
      await underWay
    },
  }
}
