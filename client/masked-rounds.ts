/**
 * The masked questions that this process is in the middle of.
 *
 * The secrets of a round live here, in memory, and nowhere else. So a question that this site has entered and
 * no longer holds secrets for is one it has dropped out of, for good: the others' shares take its masks off
 * the sum, or keep its answer in it, without its help.
 *
 * Each step is taken once. What it said is kept until the question expires, to be said again in the same words
 * when a receipt was lost or a task comes twice; the secrets are wiped with the last step. A step that the protocol
 * refuses, because somebody lied, wipes the round.
 */
import type { SumGroup } from '#federation/grouping.ts'
import type { QuestionId } from '#federation/ids.ts'
import { maskedQuestion, toBody, toSite, type MaskedQuestion, type StepBody } from '#federation/masking.ts'
import type { SitePolicy } from '#federation/policy.ts'
import type { SecureRandom } from '#federation/ports.ts'
import { assumedColluders } from '#federation/thresholds.ts'
import { asResidues, type Residue32 } from '#privacy/fixed-point.ts'
import { PrivacyError } from '#privacy/errors.ts'
import type { Identity } from '#privacy/identity.ts'
import {
  abandonSite,
  advanceSite,
  openSite,
  type SiteStep,
  type SiteSum,
  type SiteSumEvent,
} from '#privacy/secagg/site.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { MaskingStage, MaskingTask } from '#proto/frames.ts'
import { decodeManifest, type QuestionManifest } from '#proto/manifest.ts'
import { createGroupDraw, type GroupDraw } from './group-draw.ts'

export interface MaskedRounds {
  /** Throws `MASKS_LOST` for a round that is not held. */
  manifest(question: QuestionId): QuestionManifest
  /** What to say first to a question entered just now: fresh keys, or a commitment. Throws a `SECAGG_` code. */
  enter(question: QuestionId, manifest: Uint8Array): StepBody
  /** What was said first. Throws `MASKS_LOST`. */
  offered(question: QuestionId): StepBody
  /**
   * What to say in any other stage but that of answers. Throws a `SECAGG_` code, or `COMMITMENT_MISMATCH`; the round
   * is over then.
   */
  say(task: MaskingTask): StepBody
  /** Puts the masks on this site's answer, once. */
  mask(task: MaskingTask, words: Residue32): Residue32
  /** Wipes a round's secrets. */
  end(question: QuestionId): void
  /** Wipes those of questions whose time has passed; `now` in milliseconds since the Unix epoch. */
  endExpired(now: number): void
}

interface Round {
  readonly bytes: Uint8Array
  readonly manifest: QuestionManifest
  /** Where groups are dealt. */
  readonly draw: GroupDraw | undefined
  /** Once it is known whose answers the sum is to hide. */
  open?: { readonly of: MaskedQuestion; sum: SiteSum }
  readonly said: Map<MaskingStage, StepBody>
}

/** Of the holders of a site's shares, those who must agree to unmask, against a coordinator that may lie. */
const MINIMUM_THRESHOLD = 2 / 3

export function createMaskedRounds(
  identity: Identity,
  policy: SitePolicy,
  random: SecureRandom,
): MaskedRounds {
  const rounds = new Map<QuestionId, Round>()

  const take = (question: QuestionId, { state, send, refusal }: SiteStep): SiteStep['send'] => {
    const round = rounds.get(question)
    if (refusal) rounds.delete(question)
    else if (round?.open) round.open.sum = state
    if (refusal) throw refusal
    return send
  }

  const requireRound = (question: QuestionId): Round => {
    return rounds.get(question) ?? lost()
  }

  const requireOpen = (question: QuestionId): NonNullable<Round['open']> => {
    const { open } = requireRound(question)
    if (open) return open
    throw new PrivacyError('SECAGG_OUT_OF_STEP', 'The sum of this question has not been opened yet.')
  }

  const advance = (question: QuestionId, event: SiteSumEvent): SiteStep['send'] =>
    take(question, advanceSite(requireOpen(question).sum, event))

  const end = (question: QuestionId): void => {
    const round = rounds.get(question)
    rounds.delete(question)
    if (round?.open) abandonSite(round.open.sum)
  }

  /** Opens the sum of all, or of the group that was dealt. */
  const offerKeys = (question: QuestionId, round: Round, group?: SumGroup): StepBody => {
    const of = maskedQuestion(question, round.bytes, group)
    const colluders = assumedColluders(of.roster.length)
    const terms = { minimumSites: policy.minimumSites, minimumThreshold: MINIMUM_THRESHOLD, colluders }
    // That a question is entered once is the journal's business, and checked before this.
    const opened = openSite({
      agreement: of.agreement,
      policy: terms,
      identity,
      seed: random(32),
      earlier: new Set(),
    })
    const offer = opened.send && toBody(of, opened.send)
    if (!offer) throw opened.refusal ?? new TypeError('internal: a sum opens with keys')
    round.open = { of, sum: opened.state }
    return offer
  }

  const sayNext = (round: Round, task: MaskingTask): StepBody => {
    const { question, stage, contributions } = task
    const { draw, open } = round
    if (draw && stage === 'reveals')
      return { kind: 'groupContribution', question, contribution: draw.reveal(contributions) }
    if (draw && stage === 'keys' && !open) return offerKeys(question, round, draw.deal(contributions))
    const { of } = requireOpen(question)
    const send = advance(question, toSite(of, task))
    const body = send && toBody(of, send)
    if (!body) throw new TypeError(`internal: nothing to say about ${stage}`)
    return body
  }

  return {
    manifest: (question) => requireRound(question).manifest,
    enter(question, bytes) {
      const manifest = decodeManifest(bytes)
      const own = manifest.roster.find(({ publicKey }) => publicKey === identity.publicKey)?.site ?? ''
      const draw = manifest.groups && createGroupDraw(question, manifest, own, random(32))
      const round: Round = { bytes, manifest, draw, said: new Map() }
      const first: StepBody = draw
        ? { kind: 'groupCommitment', question, commitment: draw.commitment }
        : offerKeys(question, round)
      round.said.set(draw ? 'commits' : 'keys', first)
      rounds.set(question, round)
      return first
    },
    offered(question) {
      const { draw, said } = requireRound(question)
      return said.get(draw ? 'commits' : 'keys') ?? lost()
    },
    say(task) {
      const round = requireRound(task.question)
      const before = round.said.get(task.stage)
      if (before) return before
      const body = sayNext(round, task)
      round.said.set(task.stage, body)
      return body
    },
    mask(task, words) {
      const { of, sum } = requireOpen(task.question)
      // The shares dealt to us are taken in once, however often the answer itself is tried.
      if (sum.step !== 'answer') advance(task.question, toSite(of, task))
      const send = advance(task.question, { kind: 'answer', words })
      if (send?.kind !== 'masked') throw new TypeError('internal: an answer leaves masked')
      return asResidues(send.words)
    },
    end,
    endExpired(now) {
      for (const [question, { manifest }] of rounds) if (manifest.expiresAtMs < now) end(question)
    },
  }
}

function lost(): never {
  throw new CollegiumError('MASKS_LOST', 'This site no longer holds the masks of this question.')
}
