/**
 * The coordinator's part in masked questions.
 *
 * What sites said lies in the envelopes they said it in, and the journal says who was heard in time. From those
 * the coordinator's side of the secure sum is replayed: a step that has closed never changes, so it is replayed
 * once and remembered, and a restart loses nothing.
 */
import {
  dealTask,
  fromBody,
  maskedQuestion,
  positionOf,
  stageOfStep,
  toTask,
  valueOf,
  type MaskedQuestion,
  type StepBody,
} from '#federation/masking.ts'
import { dealtGroups } from '#federation/grouping.ts'
import { turnOf } from '#federation/inbox.ts'
import type { SiteId } from '#federation/ids.ts'
import type { Blobs } from '#federation/ports.ts'
import { unpackShare } from '#federation/share.ts'
import { firstStage, sumStages } from '#federation/stages.ts'
import type { FederationState, Question } from '#federation/state.ts'
import { wordBitsOf } from '#federation/word-width.ts'
import { concatBytes } from '#privacy/crypto.ts'
import { wordsToBytes } from '#privacy/fixed-point.ts'
import { reduceWords } from '#privacy/packing.ts'
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
import { decodeEnvelope, decodeMessage, type MaskingStage, type MaskingTask } from '#proto/frames.ts'
import { decodeManifest } from '#proto/manifest.ts'

export interface SecureSums {
  /** What the open masked question, if any, wants of this site next, beyond what the question itself asks for. */
  tasks(state: FederationState, site: SiteId): Promise<MaskingTask[]>
  /** Rejects with a `SECAGG_` code unless what the site says fits what was said before; whose turn it is, others know. */
  check(state: FederationState, site: SiteId, body: StepBody): Promise<void>
  /** Stores the sum, or those of the groups that stand one after the other, and resolves with its hash. Rejects with a `SECAGG_` code when shares are not what they should be. */
  reveal(question: Question): Promise<string>
}

/** One sum of a question: of all, or of one group. */
interface Replayed {
  readonly of: MaskedQuestion
  /** After as many closed stages as the question has. */
  readonly sum: CoordinatorSum
}

export function createSecureSums(blobs: Blobs): SecureSums {
  let latest: { key: string; replayed: Promise<readonly Replayed[]> } | undefined

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
    const own = members.filter((member) => of.roster.some(({ site }) => site === member))
    const messages = await Promise.all(own.map(async (site) => ({ site, message: await said(site) })))
    const heard = messages.reduce(
      (state, { site, message }) => receive(state, positionOf(of, site), message),
      sum,
    )
    return { of, sum: close(heard) }
  }

  const replay = async (question: Question): Promise<readonly Replayed[]> => {
    const bytes = new Uint8Array(Buffer.from(question.manifest, 'base64'))
    const { roster, groups } = decodeManifest(bytes)
    if (groups && !question.members.reveals) return [] // not dealt yet
    const names = roster.map(({ site }) => site)
    const dealt = groups ? dealtGroups(question, names, groups) : [undefined]
    return Promise.all(
      dealt.map((group) => replaySum(question, maskedQuestion(question.question, bytes, group))),
    )
  }

  const replaySum = async (question: Question, of: MaskedQuestion): Promise<Replayed> => {
    let replayed: Replayed = { of, sum: openCoordinator(of.agreement) }
    for (const stage of sumStages) {
      const members = stage === 'answers' ? question.survivors : question.members[stage]
      if (!members) break
      replayed = await replayStage(replayed, question, stage, members)
    }
    return replayed
  }

  const replayed = (question: Question): Promise<readonly Replayed[]> => {
    const closed = Object.keys(question.members).length + Number(question.survivors !== undefined)
    const key = `${question.question} ${closed}`
    if (latest?.key !== key) {
      const replaying = replay(question)
      latest = { key, replayed: replaying }
      replaying.catch(() => (latest = undefined)) // The next request tries the disk again.
    }
    return latest.replayed
  }

  /** The sum that is to hide a site's answer. */
  const sumFor = async (question: Question, site: SiteId): Promise<Replayed | undefined> =>
    (await replayed(question)).find(({ of }) => of.roster.some((entry) => entry.site === site))

  return {
    async tasks(state, site) {
      const { run, question, stage } = turnOf(state, site) ?? {}
      if (!run || !question || !stage || stage === firstStage(run, question)) return []
      if (stage === 'reveals' || stage === 'keys')
        return [dealTask(question.question, stage, saidInDeal(question, stage))]
      const { of, sum } = (await sumFor(question, site)) ?? {}
      const message = of && sum && messageFor(sum, positionOf(of, site))
      return message ? [toTask(of, stage, message)] : []
    },
    async check(state, site, body) {
      const question = state.questions[body.question]
      if (!question || valueOf(body) !== undefined) return
      const { of, sum } = (await sumFor(question, site)) ?? {}
      if (of && sum) receive(sum, positionOf(of, site), fromBody(of, site, body))
    },
    async reveal(question) {
      const standing = (await replayed(question)).filter(({ sum }) => sum.step === 'complete')
      const revealed: Uint8Array[] = []
      for (const each of standing) revealed.push(await revealOne(each, question))
      return blobs.put(concatBytes(revealed))
    },
  }

  async function revealOne(
    { of, sum }: Replayed,
    { survivors = [], answers }: Question,
  ): Promise<Uint8Array> {
    const own = of.roster.filter(({ site }) => survivors.includes(site))
    const masked = await Promise.all(
      own.map(async ({ site }) => ({
        site: positionOf(of, site),
        words: unpackShare(of.manifest.share, await blobs.get(answers[site]?.shareHash ?? '')),
      })),
    )
    return wordsToBytes(reduceWords(revealSum(sum, masked), wordBitsOf(of.manifest.share)))
  }
}

/** What a site is shown to reveal its part in the deal, and then to work the deal out. */
function saidInDeal({ members, steps }: Question, stage: 'reveals' | 'keys'): MaskingTask['contributions'] {
  const before = stage === 'reveals' ? 'commits' : 'reveals'
  return (members[before] ?? []).map((site) => ({ site, value: steps[before]?.[site]?.value ?? '' }))
}
