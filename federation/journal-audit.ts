/**
 * The audit of a coordinator's journal: everything in it that can be checked with the journal alone, in one pass
 * from the first record to the last, by somebody who trusts nobody but the mathematics.
 *
 * The chain (store/chain.ts) shows that records are whole and in order; this shows that they are true to the
 * keys they name. Of each question: that its id is the hash of the manifest, that the coordinator signed it,
 * that the record before it is the one it says the journal stood at, and that it lists every key revoked until
 * then. Of each rotation, of a site's key or
 * of the coordinator's: both signatures, and whose key it was. Of each checkpoint: that it signs the very record before it. Of
 * masked answers: that a commitment came with each. Of
 * answers and steps, where their envelopes are at hand: that the site's key of that time signed them, and that
 * they say what the record says.
 *
 * What no journal can show is that it is the only one. For that, sites remember where it stood (witness.ts):
 * `holds` says whether this journal has the record that a site saw.
 */
import { hash } from '#privacy/crypto.ts'
import type { Subject } from '#privacy/poison/commitment.ts'
import { keyIdOf, requireSignature } from '#privacy/identity.ts'
import { CollegiumError, describeError, errorCodeOf } from '#proto/errors.ts'
import { decodeEnvelope, decodeMessage } from '#proto/frames.ts'
import { decodeManifest, QUESTION_DOMAIN } from '#proto/manifest.ts'
import { requireCheckpoint } from './checkpoint.ts'
import { ENVELOPE_DOMAIN } from './envelope.ts'
import { decodeEvent, type EventOf, type FederationEvent } from './events.ts'
import { requireContribution } from './grouping.ts'
import { requireRotation } from './key-rotation.ts'
import { stageOfStep, stepRecord, type StepBody, type StepRecord } from './masking.ts'
import type { JournalHead, JournalRecord } from './ports.ts'
import { askedAs } from './purpose.ts'
import { coordinatorKeyOf, emptyState, evolve, type FederationState } from './state.ts'

export interface Findings {
  readonly questions: number
  /** Masked answers, each with a commitment to what it hides. */
  readonly commitments: number
  readonly envelopes: number
  readonly rotations: number
  readonly checkpoints: number
  /** Up to this record the coordinator has signed; what follows hangs on the chain alone. */
  readonly signedUpTo: number
  readonly federation: string
  /** To be compared with the one that the coordinator's operator told, now or when the federation began. */
  readonly coordinatorKey: string
  readonly foundingKey: string
}

export interface Audit {
  /**
   * Takes the next record of a chain that holds. Rejects with `JOURNAL_CORRUPT`, naming the record. `blobOf`
   * gives the envelopes that are at hand.
   */
  admit(record: JournalRecord, blobOf?: BlobOf): Promise<void>
  findings(): Findings
  /** Whether the journal so far has this record. */
  holds(head: JournalHead): boolean
  /** What a site committed to with its answer to a question; undefined where it gave none, or a plain one. */
  commitmentOf(subject: Subject): string | undefined
}

export type BlobOf = (hash: string) => Promise<Uint8Array | undefined>

/** A reason why a record is not true, to be told with its sequence. */
class Untrue extends Error {}

function demand(holds: boolean, reason: string): asserts holds {
  if (!holds) throw new Untrue(reason)
}

export function createAudit(): Audit {
  let state: FederationState = emptyState
  /** By sequence - 1: the record's hash, and how many keys were revoked after it. */
  const past: { readonly hash: string; readonly revoked: number }[] = []
  const counts = { questions: 0, commitments: 0, envelopes: 0, rotations: 0, checkpoints: 0 }
  let signedUpTo = 0

  const holds = ({ sequence, hash: expected }: JournalHead) => past[sequence - 1]?.hash === expected

  const check = async (event: FederationEvent, blobOf: BlobOf): Promise<void> => {
    const { founded } = state
    if (event.type === 'federation-founded') return demand(!founded, 'it founds the federation again')
    demand(founded !== undefined, 'the journal does not begin with the founding of a federation')
    switch (event.type) {
      case 'question-opened':
        checkQuestion(founded.federation, event)
        counts.questions++
        return
      case 'site-key-rotated':
        demand(state.sites[event.site]?.publicKey === event.oldKey, `"${event.site}" had another key`)
        requireRotation(event, founded.federation)
        counts.rotations++
        return
      case 'coordinator-key-rotated':
        demand(coordinatorKeyOf(state) === event.oldKey, 'the coordinator had another key')
        requireRotation(event, founded.federation)
        counts.rotations++
        return
      case 'checkpoint':
        demand(
          event.sequence === past.length && holds(event),
          'it signs another record than the one before it',
        )
        requireCheckpoint(founded.federation, coordinatorKeyOf(state) ?? '', event)
        signedUpTo = event.sequence
        counts.checkpoints++
        return
      case 'answer-accepted':
      case 'step-accepted': {
        const envelope = await blobOf(event.envelopeHash)
        if (envelope) checkEnvelope(founded, event, envelope)
        counts.envelopes += envelope ? 1 : 0
        if (event.type === 'answer-accepted') checkCommitment(event)
        else checkContribution(event)
      }
    }
  }

  const checkQuestion = (federation: string, event: EventOf<'question-opened'>): void => {
    const bytes = new Uint8Array(Buffer.from(event.manifest, 'base64'))
    demand(hash(bytes) === event.question, "the question's id is not the hash of its manifest")
    requireSignature(
      coordinatorKeyOf(state) ?? '',
      QUESTION_DOMAIN,
      bytes,
      Buffer.from(event.signature, 'base64'),
    )
    const { journalHead, revoked, roster, run, round, purpose, ...manifest } = decodeManifest(bytes)
    demand(manifest.federation === federation, 'the manifest belongs to another federation')
    demand(
      run === event.run && round === event.round && purpose === askedAs(event.purpose),
      'the manifest is of another run, round or purpose',
    )
    for (const { site, publicKey } of roster)
      demand(
        state.sites[site]?.publicKey === publicKey || state.revokedKeys.includes(publicKey),
        `the roster gives "${site}" a key that it never had`,
      )
    if (!journalHead) return // asked by a version that did not say so
    demand(
      holds(journalHead),
      `the question names a record ${journalHead.sequence} that this journal has not`,
    )
    const then = state.revokedKeys.slice(0, past[journalHead.sequence - 1]?.revoked).map(keyIdOf)
    demand(then.join() === revoked.join(), 'the question does not list the keys that were revoked until then')
  }

  const checkCommitment = ({ question, site, commitment }: EventOf<'answer-accepted'>): void => {
    const asked = state.questions[question]
    demand(asked !== undefined, 'nobody was asked this')
    const { privacy } = decodeManifest(Buffer.from(asked.manifest, 'base64'))
    demand(
      privacy.mode === 'plain' || commitment !== undefined,
      `"${site}" commits to no share beneath its masks`,
    )
    counts.commitments += commitment === undefined ? 0 : 1
  }

  const checkContribution = ({ question, site, stage, value }: EventOf<'step-accepted'>): void => {
    if (stage !== 'reveals') return
    requireContribution(site, state.questions[question]?.steps.commits?.[site]?.value, value ?? '')
  }

  const checkEnvelope = (
    { federation }: EventOf<'federation-founded'>,
    event: EventOf<'answer-accepted' | 'step-accepted'>,
    bytes: Uint8Array,
  ): void => {
    demand(hash(bytes) === event.envelopeHash, 'the envelope has another hash')
    const { payload, keyId, signature } = decodeEnvelope(bytes)
    const { publicKey } = state.sites[event.site] ?? {}
    demand(publicKey !== undefined && keyIdOf(publicKey) === keyId, `"${event.site}" had another key`)
    requireSignature(publicKey, ENVELOPE_DOMAIN, payload, signature)
    const { federation: addressed, body } = decodeMessage(payload, 'site')
    demand(addressed === federation, 'the envelope belongs to another federation')
    demand('question' in body && body.question === event.question, 'the envelope is about another question')
    const same =
      event.type === 'answer-accepted'
        ? body.kind === 'answer' &&
          hash(body.share) === event.shareHash &&
          body.commitment === event.commitment
        : body.kind in stageOfStep && saysTheSame(event, stepRecord(event.site, body as StepBody, bytes))
    demand(same, 'the envelope does not say what the record says')
  }

  return {
    async admit({ sequence, bytes, hash: hashOfRecord }, blobOf = () => Promise.resolve(undefined)) {
      const event = decodeEvent(bytes, sequence)
      try {
        await check(event, blobOf)
      } catch (cause) {
        if (!(cause instanceof Untrue) && errorCodeOf(cause) === undefined) throw cause
        const why = cause instanceof Untrue ? `${cause.message}.` : describeError(cause).message
        throw new CollegiumError('JOURNAL_CORRUPT', `Journal record ${sequence} (${event.type}): ${why}`, {
          cause,
        })
      }
      state = evolve(state, event)
      past.push({ hash: hashOfRecord, revoked: state.revokedKeys.length })
    },
    findings: () => ({
      ...counts,
      signedUpTo,
      federation: state.founded?.federation ?? '',
      foundingKey: state.founded?.coordinatorKey ?? '',
      coordinatorKey: coordinatorKeyOf(state) ?? '',
    }),
    holds,
    commitmentOf: ({ question, site }) => state.questions[question]?.answers[site]?.commitment,
  }
}

const saysTheSame = (one: StepRecord, other: StepRecord): boolean =>
  one.stage === other.stage && one.contentHash === other.contentHash && one.value === other.value
