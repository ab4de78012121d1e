/**
 * Between a masked question and the secure sum beneath it: the question knows sites by name, the sum by their
 * positions in the roster, and both mean the same agreement, the manifest as signed.
 */
import { agree, contextOf, groupContext, type Agreement } from '#privacy/secagg/agreement.ts'
import type { FromSite, SignedKeys, ToSite } from '#privacy/secagg/messages.ts'
import { membersOf, rosterSet } from '#privacy/secagg/roster-set.ts'
import { bytesToHex, hash, hexToBytes } from '#privacy/crypto.ts'
import { PrivacyError } from '#privacy/errors.ts'
import type { BodyKind, BodyOf, MaskingStage, MaskingTask } from '#proto/frames.ts'
import { decodeManifest, type QuestionManifest } from '#proto/manifest.ts'
import type { EventOf, Step } from './events.ts'
import type { SumGroup } from './grouping.ts'
import type { SiteId } from './ids.ts'
import { activeThreshold, neighbourhoodOf } from './thresholds.ts'

/** What a site may say to a masked question, besides its answer. */
export type StepBody = { [K in keyof typeof stageOfStep]: BodyOf<K> }[keyof typeof stageOfStep]

/** The stage in which it says it. */
export const stageOfStep = {
  groupCommitment: 'commits',
  groupContribution: 'reveals',
  keyOffer: 'keys',
  sealedShares: 'shares',
  survivorSignature: 'signatures',
  unmaskShares: 'unmasking',
} as const satisfies Partial<Record<BodyKind, Step>>

/** That a site has said something, as the journal records it. */
export type StepRecord = Omit<EventOf<'step-accepted'>, 'type' | 'at'>

/** The record of what a site says in this envelope: sealed anew, the same words have the same content hash. */
export function stepRecord(site: SiteId, body: StepBody, envelope: Uint8Array): StepRecord {
  const value = valueOf(body)
  return {
    question: body.question,
    site,
    stage: stageOfStep[body.kind],
    contentHash: contentHashOf(body),
    ...(value !== undefined && { value }),
    envelopeHash: hash(envelope),
    bytes: envelope.byteLength,
  }
}

const contentHashOf = (body: StepBody): string =>
  hash(JSON.stringify(body, (_, value: unknown) => (value instanceof Uint8Array ? bytesToHex(value) : value)))

export interface MaskedQuestion {
  readonly question: string
  readonly manifest: QuestionManifest
  /** Those whose answers this sum hides: all, or one group. */
  readonly roster: QuestionManifest['roster']
  readonly agreement: Agreement
}

/**
 * Everyone masks with everyone in the roster or the group, or in a large roster with its neighbours on a circle. Throws
 * `SECAGG_AGREEMENT_INVALID`.
 */
export function maskedQuestion(
  question: string,
  manifestBytes: Uint8Array,
  group?: SumGroup,
): MaskedQuestion {
  const manifest = decodeManifest(manifestBytes)
  const { share } = manifest
  const roster = group ? manifest.roster.filter(({ site }) => group.sites.includes(site)) : manifest.roster
  const fewest = group ? activeThreshold(roster.length) : manifest.threshold
  const neighbourhood = group ? undefined : neighbourhoodOf(roster.length)
  const context = contextOf(manifestBytes)
  const agreement = agree({
    context: group
      ? groupContext(
          context,
          group.seed,
          roster.map(({ publicKey }) => publicKey),
        )
      : context,
    query: question, // That a query is asked once is the policy's rule: it knows what overlaps.
    roster: roster.map(({ publicKey }) => publicKey),
    ...(neighbourhood
      ? { ...neighbourhood, quorum: fewest }
      : { degree: roster.length - 1, threshold: fewest }),
    words: share.length,
  })
  return { question, manifest, roster, agreement }
}

/** Throws `SECAGG_STRANGER` for a name that is not in the roster. */
export function positionOf({ roster }: MaskedQuestion, site: SiteId): number {
  const position = roster.findIndex((entry) => entry.site === site)
  if (position < 0) throw new PrivacyError('SECAGG_STRANGER', `"${site}" is not among the sites of this sum.`)
  return position
}

const nameAt = ({ roster }: MaskedQuestion, position: number): SiteId => roster[position]?.site ?? ''

/**
 * What a task tells the site's side of the sum; the stage of answers is followed by the site's own answer.
 * Throws `SECAGG_OUT_OF_STEP` for a task of the stages before the sum.
 */
export function toSite(of: MaskedQuestion, task: MaskingTask): ToSite {
  const at = (site: SiteId) => positionOf(of, site)
  switch (task.stage) {
    case 'commits':
    case 'reveals':
    case 'keys':
      throw new PrivacyError('SECAGG_OUT_OF_STEP', `The ${task.stage} are not a step of the sum under way.`)
    case 'shares':
      return {
        kind: 'key-list',
        view: hexToBytes(task.view ?? ''),
        keys: task.keys.map((offer) => signedKeys(of, offer.site, offer)),
      }
    case 'answers':
      return {
        kind: 'boxes',
        boxes: task.shares.map(({ site, sealed }) => ({ site: at(site), box: sealed })),
      }
    case 'signatures':
      return { kind: 'survivors', survivors: survivorSet(of, task.survivors) }
    case 'unmasking':
      return {
        kind: 'consents',
        consents: task.signatures.map(({ site, signature }) => ({ site: at(site), signature })),
      }
  }
}

const survivorSet = (of: MaskedQuestion, sites: readonly SiteId[]): Uint8Array =>
  rosterSet(
    of.roster.length,
    sites.map((site) => positionOf(of, site)),
  )

function signedKeys(
  of: MaskedQuestion,
  site: SiteId,
  offer: Pick<BodyOf<'keyOffer'>, 'maskKey' | 'encryptionKey' | 'signature'>,
): SignedKeys {
  const { maskKey, encryptionKey: shareKey, signature } = offer
  return { site: positionOf(of, site), maskKey, shareKey, signature }
}

/** What a site's side of the sum says, as it goes over the wire; undefined for the answer, which has its own way. */
export function toBody(of: MaskedQuestion, message: FromSite): StepBody | undefined {
  const { question } = of
  switch (message.kind) {
    case 'keys': {
      const { maskKey, shareKey: encryptionKey, signature } = message.keys
      return { kind: 'keyOffer', question, maskKey, encryptionKey, signature }
    }
    case 'shares':
      return {
        kind: 'sealedShares',
        question,
        shares: message.boxes.map(({ site, box }) => ({ site: nameAt(of, site), sealed: box })),
      }
    case 'masked':
      return undefined
    case 'consent':
      return { kind: 'survivorSignature', question, signature: message.signature }
    case 'unmask': {
      const named = (secret: 'selfMask' | 'maskKey', held: typeof message.selfShares) =>
        held.map(({ of: position, share }) => ({ site: nameAt(of, position), secret, share }))
      const shares = [...named('selfMask', message.selfShares), ...named('maskKey', message.keyShares)]
      return { kind: 'unmaskShares', question, shares }
    }
  }
}

const emptyTask = (question: string, stage: MaskingStage) => {
  return { question, stage, keys: [], shares: [], survivors: [], signatures: [], contributions: [] }
}

/** A task of the stages that deal groups: what the sites have committed to, or revealed. */
export const dealTask = (
  question: string,
  stage: 'reveals' | 'keys',
  contributions: MaskingTask['contributions'],
): MaskingTask => ({ ...emptyTask(question, stage), contributions })

/** What a site adds to the deal, or commits to; undefined of the steps of the sum. */
export function valueOf(body: StepBody): string | undefined {
  if (body.kind === 'groupCommitment') return body.commitment
  return body.kind === 'groupContribution' ? body.contribution : undefined
}

/** What the coordinator's side of the sum tells a site, as a task of the wire. */
export function toTask(of: MaskedQuestion, stage: MaskingStage, message: ToSite): MaskingTask {
  const nothing = emptyTask(of.question, stage)
  const name = (position: number) => nameAt(of, position)
  switch (message.kind) {
    case 'key-list': {
      const keys = message.keys.map(({ site, maskKey, shareKey: encryptionKey, signature }) => {
        return { site: name(site), maskKey, encryptionKey, signature }
      })
      return { ...nothing, keys, view: bytesToHex(message.view) }
    }
    case 'boxes':
      return { ...nothing, shares: message.boxes.map(({ site, box }) => ({ site: name(site), sealed: box })) }
    case 'survivors':
      return { ...nothing, survivors: membersOf(message.survivors, of.roster.length).map(name) }
    case 'consents':
      return {
        ...nothing,
        signatures: message.consents.map(({ site, signature }) => ({ site: name(site), signature })),
      }
  }
}

/**
 * The reverse of `toBody`: what the coordinator's side of the sum hears. Throws `SECAGG_OUT_OF_STEP` for what is said
 * before the sum.
 */
export function fromBody(of: MaskedQuestion, site: SiteId, body: StepBody): FromSite {
  switch (body.kind) {
    case 'groupCommitment':
    case 'groupContribution':
      throw new PrivacyError('SECAGG_OUT_OF_STEP', `"${body.kind}" is no step of a sum.`)
    case 'keyOffer':
      return { kind: 'keys', keys: signedKeys(of, site, body) }
    case 'sealedShares':
      return {
        kind: 'shares',
        boxes: body.shares.map((share) => ({ site: positionOf(of, share.site), box: share.sealed })),
      }
    case 'survivorSignature':
      return { kind: 'consent', signature: body.signature }
    case 'unmaskShares': {
      const held = (secret: 'selfMask' | 'maskKey') =>
        body.shares
          .filter((share) => share.secret === secret)
          .map((share) => ({ of: positionOf(of, share.site), share: share.share }))
      return { kind: 'unmask', selfShares: held('selfMask'), keyShares: held('maskKey') }
    }
  }
}
