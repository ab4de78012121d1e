/**
 * Between a masked question and the secure sum beneath it: the question knows sites by name, the sum by their
 * positions in the roster, and both mean the same agreement, the manifest as signed.
 */
import { agree, contextOf, type Agreement } from '#privacy/secagg/agreement.ts'
import type { FromSite, SignedKeys, ToSite } from '#privacy/secagg/messages.ts'
import { membersOf, rosterSet } from '#privacy/secagg/roster-set.ts'
import { bytesToHex, hash, hexToBytes } from '#privacy/crypto.ts'
import { PrivacyError } from '#privacy/errors.ts'
import type { BodyKind, BodyOf, MaskingStage, MaskingTask } from '#proto/frames.ts'
import { decodeManifest, type QuestionManifest } from '#proto/manifest.ts'
import type { Step } from './events.ts'
import type { SiteId } from './ids.ts'

/** What a site may say to a masked question, besides its answer. */
export type StepBody = { [K in keyof typeof stageOfStep]: BodyOf<K> }[keyof typeof stageOfStep]

/** The stage in which it says it. */
export const stageOfStep = {
  keyOffer: 'keys',
  sealedShares: 'shares',
  survivorSignature: 'signatures',
  unmaskShares: 'unmasking',
} as const satisfies Partial<Record<BodyKind, Step>>

/** Of what a step says, whatever envelope it comes in. */
export const contentHashOf = (body: StepBody): string =>
  hash(JSON.stringify(body, (_, value: unknown) => (value instanceof Uint8Array ? bytesToHex(value) : value)))

export interface MaskedQuestion {
  readonly question: string
  readonly manifest: QuestionManifest
  readonly agreement: Agreement
}

/** Everyone masks with everyone. Throws `SECAGG_AGREEMENT_INVALID`. */
export function maskedQuestion(question: string, manifestBytes: Uint8Array): MaskedQuestion {
  const manifest = decodeManifest(manifestBytes)
  const { roster, threshold, share } = manifest
  const agreement = agree({
    context: contextOf(manifestBytes),
    query: question, // That a query is asked once is the policy's rule: it knows what overlaps.
    roster: roster.map(({ publicKey }) => publicKey),
    threshold,
    degree: roster.length - 1,
    words: share.length,
  })
  return { question, manifest, agreement }
}

/** Throws `SECAGG_STRANGER` for a name that is not in the roster. */
export function positionOf({ manifest }: MaskedQuestion, site: SiteId): number {
  const position = manifest.roster.findIndex((entry) => entry.site === site)
  if (position < 0)
    throw new PrivacyError('SECAGG_STRANGER', `"${site}" is not in the roster of this question.`)
  return position
}

const nameAt = ({ manifest }: MaskedQuestion, position: number): SiteId =>
  manifest.roster[position]?.site ?? ''

/** What a task tells the site's side of the sum; the stage of answers is followed by the site's own answer. */
export function toSite(of: MaskedQuestion, task: MaskingTask): ToSite {
  const at = (site: SiteId) => positionOf(of, site)
  switch (task.stage) {
    case 'keys':
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
    of.manifest.roster.length,
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

/** What the coordinator's side of the sum tells a site, as a task of the wire. */
export function toTask(of: MaskedQuestion, stage: MaskingStage, message: ToSite): MaskingTask {
  const nothing = { question: of.question, stage, keys: [], shares: [], survivors: [], signatures: [] }
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
      return { ...nothing, survivors: membersOf(message.survivors, of.manifest.roster.length).map(name) }
    case 'consents':
      return {
        ...nothing,
        signatures: message.consents.map(({ site, signature }) => ({ site: name(site), signature })),
      }
  }
}

/** The reverse of `toBody`: what the coordinator's side of the sum hears. */
export function fromBody(of: MaskedQuestion, site: SiteId, body: StepBody): FromSite {
  switch (body.kind) {
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
