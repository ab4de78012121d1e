/**
 * The coordinator's part in masked questions.
 *
 * What sites said lies in the envelopes they said it in, and the journal says who was heard in time. From those
 * the coordinator's side of the secure sum is replayed: a step that has closed never changes, so it is replayed
 * once and remembered, and a restart loses nothing.
 */
import {
  stageOfStep,
  fromBody,
  maskedQuestion,
  positionOf,
  toTask,
  type MaskedQuestion,
  type StepBody,
} from '#federation/masking.ts'
import { turnOf } from '#federation/inbox.ts'
import type { SiteId } from '#federation/ids.ts'
import type { Blobs } from '#federation/ports.ts'
import type { FederationState, Question } from '#federation/state.ts'
import { bytesToWords, wordsToBytes } from '#privacy/fixed-point.ts'
import {
  close,
  messageFor,
  openCoordinator,
  receive,
  type CoordinatorSum,
} from '#privacy/secagg/coordinator.ts'
import type { FromSite } from '#privacy/secagg/messages.ts'
import { revealSum } from '#privacy/secagg/reveal.ts'
import { CollegiumError } from '#proto/errors.ts'
import {
  decodeEnvelope,
  decodeMessage,
  maskingStages,
  type MaskingStage,
  type MaskingTask,
} from '#proto/frames.ts'

export interface SecureSums {
  /** What the open masked question, if any, wants of this site next, beyond its keys. */
  tasks(state: FederationState, site: SiteId): Promise<MaskingTask[]>
  /** Rejects with a `SECAGG_` code unless what the site says fits what was said before; whose turn it is, others know. */
  check(state: FederationState, site: SiteId, body: StepBody): Promise<void>
  /** Stores the sum and resolves with its hash. Rejects with a `SECAGG_` code when shares are not what they should be. */
  reveal(question: Question): Promise<string>
}

interface Replayed {
  readonly of: MaskedQuestion
  /** After as many closed stages as the question has. */
  readonly sum: CoordinatorSum
}

export function createSecureSums(blobs: Blobs): SecureSums {
  let latest: { key: string; replayed: Promise<Replayed> } | undefined

  const bodyIn = async (envelopeHash: string): Promise<StepBody> => {
    const { body } = decodeMessage(decodeEnvelope(await blobs.get(envelopeHash)).payload, 'site')
    if (body.kind in stageOfStep) return body as StepBody
    throw new CollegiumError('BLOB_CORRUPT', `An envelope of a masked question holds a "${body.kind}".`)
  }

  const replayStage = async (
    { of, sum }: Replayed,
    { steps }: Question,
    stage: MaskingStage,
    members: readonly SiteId[],
  ): Promise<Replayed> => {
    const blank = new Uint32Array(of.agreement.words)
    const said = async (site: SiteId): Promise<FromSite> => {
      if (stage === 'answers') return { kind: 'masked', words: blank }
      return fromBody(of, site, await bodyIn(steps[stage]?.[site]?.envelopeHash ?? ''))
    }
    const messages = await Promise.all(members.map(async (site) => ({ site, message: await said(site) })))
    const heard = messages.reduce(
      (state, { site, message }) => receive(state, positionOf(of, site), message),
      sum,
    )
    return { of, sum: close(heard) }
  }

  const replay = async (question: Question): Promise<Replayed> => {
    const of = maskedQuestion(question.question, new Uint8Array(Buffer.from(question.manifest, 'base64')))
    let replayed: Replayed = { of, sum: openCoordinator(of.agreement) }
    for (const stage of maskingStages) {
      const members = stage === 'answers' ? question.survivors : question.members[stage]
      if (!members) break
      replayed = await replayStage(replayed, question, stage, members)
    }
    return replayed
  }

  const replayed = (question: Question): Promise<Replayed> => {
    const closed = Object.keys(question.members).length + Number(question.survivors !== undefined)
    const key = `${question.question} ${closed}`
    if (latest?.key !== key) {
      const replaying = replay(question)
      latest = { key, replayed: replaying }
      replaying.catch(() => (latest = undefined)) // The next request tries the disk again.
    }
    return latest.replayed
  }

  return {
    async tasks(state, site) {
      const { question, stage } = turnOf(state, site) ?? {}
      if (!question || !stage || stage === 'keys' || !question.members.keys) return []
      const { of, sum } = await replayed(question)
      const message = messageFor(sum, positionOf(of, site))
      return message ? [toTask(of, stage, message)] : []
    },
    async check(state, site, body) {
      const question = state.questions[body.question]
      if (!question) return
      const { of, sum } = await replayed(question)
      receive(sum, positionOf(of, site), fromBody(of, site, body))
    },
    async reveal(question) {
      const { of, sum } = await replayed(question)
      const answers = await Promise.all(
        (question.survivors ?? []).map(async (site) => ({
          site: positionOf(of, site),
          words: bytesToWords(await blobs.get(question.answers[site]?.shareHash ?? '')),
        })),
      )
      return blobs.put(wordsToBytes(revealSum(sum, answers)))
    },
  }
}
