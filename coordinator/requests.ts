/**
 * The sites' door: one signed request frame in, one signed reply frame out, on any link.
 *
 * A frame is believed only after its signature, federation, expiry and sequence hold. Whatever goes wrong,
 * the reply says so in one sentence with a code, nothing half-done stays behind, and the next frame is
 * served. An answer is on disk, envelope and all, before its receipt is signed.
 */
import { answer, refuse, speak } from '#federation/decide-question.ts'
import { enrol, requireApproved, rotate } from '#federation/decide-enrolment.ts'
import { createReplayGuard, openEnvelope, sealEnvelope } from '#federation/envelope.ts'
import { inboxOf } from '#federation/inbox.ts'
import { stepRecord } from '#federation/masking.ts'
import type { Blobs, Clock, CoordinatorLinkHandlers, Logger, PeerId } from '#federation/ports.ts'
import type { SiteId } from '#federation/ids.ts'
import { asReceived, toSend } from '#federation/key-rotation.ts'
import { siteByKey, type FederationState } from '#federation/state.ts'
import { requireCommitment } from '#federation/opening.ts'
import { checkShareBytes } from '#federation/share.ts'
import { hash } from '#privacy/crypto.ts'
import { keyIdOf, type Identity } from '#privacy/identity.ts'
import { CollegiumError, describeError } from '#proto/errors.ts'
import { decodeEnvelope, decodeMessage, type Body, type BodyOf, type Message } from '#proto/frames.ts'
import { limits } from '#proto/limits.ts'
import { decodeManifest } from '#proto/manifest.ts'
import { negotiateVersion, WIRE_VERSION } from '#proto/version.ts'
import type { Core } from './core.ts'
import type { Presences } from './presence.ts'
import { publishedChunks, type PublishedChunks } from './published.ts'
import type { SecureSums } from './secure-sums.ts'

export interface RequestParts {
  readonly core: Core
  readonly blobs: Blobs
  readonly identity: Identity
  readonly presences: Presences
  readonly sums: SecureSums
  readonly clock: Clock
  readonly log: Logger
}

export interface SiteDoor extends CoordinatorLinkHandlers {
  /** A signed inbox for one site, to be pushed. */
  inboxFrame(publicKey: string): Promise<Uint8Array>
}

export function createSiteDoor(parts: RequestParts): SiteDoor {
  const { core, identity, presences, clock, log } = parts
  const guard = createReplayGuard()
  const published = publishedChunks(parts.blobs)
  const inboxFor = async (site: SiteId): Promise<BodyOf<'inbox'>> => {
    const state = core.state()
    return { kind: 'inbox', ...inboxOf(state, site), masking: await parts.sums.tasks(state, site) }
  }
  let sequence = 0

  const seal = (body: Body, inReplyTo = 0): Uint8Array => {
    sequence = Math.max(sequence + 1, clock())
    const federation = core.state().founded?.federation ?? ''
    const expiresAtMs = clock() + limits.envelopeLifetimeMs.value
    return sealEnvelope(identity, {
      version: WIRE_VERSION,
      federation,
      sequence,
      expiresAtMs,
      inReplyTo,
      body,
    })
  }

  return {
    async onRequest(peer, frame) {
      try {
        const federation = core.state().founded?.federation ?? ''
        const opened = openEnvelope(frame, {
          now: clock(),
          fresh: { guard },
          from: 'site',
          federation,
          keyOf: (message, keyId) => signer(message, keyId, core.state()),
        })
        const { publicKey, message } = opened
        const within = { ...parts, published, inboxFor }
        const reply = seal(await respond(within, peer, publicKey, message, frame), message.sequence)
        if (siteByKey(core.state(), publicKey))
          presences.count(publicKey, { up: frame.byteLength, down: reply.byteLength })
        return reply
      } catch (error) {
        const described = describeError(error)
        log.warn(
          { peer, code: described.code, ...(described.code === 'INTERNAL' && { err: error }) },
          described.message,
        )
        return seal({ kind: 'error', ...described }, claimedSequence(frame))
      }
    },
    onGone: (peer) => presences.gone(peer),
    inboxFrame: async (publicKey) => seal(await inboxFor(siteByKey(core.state(), publicKey)?.site ?? '')),
  }
}

/** What an error reply answers, also when the request cannot be believed: its sender wants to know why. */
function claimedSequence(frame: Uint8Array): number {
  try {
    return decodeMessage(decodeEnvelope(frame).payload, 'site').sequence
  } catch {
    return 0
  }
}

/** The key a message must be signed with: the one it brings, when it introduces itself; else an enrolled one. */
function signer({ body }: Message, keyId: string, state: FederationState): string | undefined {
  if (body.kind === 'hello' || body.kind === 'enrolmentRequest') return body.publicKey
  return Object.values(state.sites).find(({ publicKey }) => rememberedKeyId(publicKey) === keyId)?.publicKey
}

const keyIds = new Map<string, string>()

/** A key's id never changes, and enrolled keys are few: each is hashed once. */
function rememberedKeyId(publicKey: string): string {
  const known = keyIds.get(publicKey) ?? keyIdOf(publicKey)
  keyIds.set(publicKey, known)
  return known
}

interface Within extends RequestParts {
  readonly published: PublishedChunks
  readonly inboxFor: (site: SiteId) => Promise<BodyOf<'inbox'>>
}

async function respond(
  { core, blobs, identity, presences, sums, clock, published, inboxFor }: Within,
  peer: PeerId,
  publicKey: string,
  { body }: Message,
  frame: Uint8Array,
): Promise<Body> {
  const state = core.state()
  const known = siteByKey(state, publicKey)
  switch (body.kind) {
    case 'hello': {
      const version = negotiateVersion(body.minVersion, body.maxVersion)
      if (known) presences.greet(peer, publicKey) // a stranger leaves no trace
      return {
        kind: 'welcome',
        version,
        publicKey: identity.publicKey,
        federation: state.founded?.federation ?? '',
        federationName: state.founded?.name ?? '',
        enrolment: known?.enrolment ?? 'unknown',
        site: known?.site ?? '',
        rotations: state.rotations.slice(-limits.coordinatorRotations.value).map(toSend),
      }
    }
    case 'enrolmentRequest': {
      const tokenHash = hash(body.token)
      const after = await core.commit((now, at) => enrol(now, { tokenHash, publicKey }, at))
      const site = siteByKey(after, publicKey)
      const { enrolment, schemaHash } = inboxOf(after, site?.site ?? '')
      return {
        kind: 'enrolmentStatus',
        state: enrolment,
        site: site?.site ?? '',
        ...(schemaHash && { schemaHash }),
      }
    }
    case 'keyRotation': {
      const rotation = asReceived({ ...body, oldKey: publicKey })
      const after = await core.commit((latest) => rotate(latest, rotation))
      const site = siteByKey(after, body.publicKey)
      return { kind: 'enrolmentStatus', state: site?.enrolment ?? 'unknown', site: site?.site ?? '' }
    }
    case 'poll': {
      if (!known) throw new CollegiumError('SITE_UNKNOWN', 'No site of this federation has this key.')
      const { activity, note, progress, trainingRows } = body
      presences.greet(peer, publicKey)
      presences.report(publicKey, { activity, note, progress, trainingRows })
      return inboxFor(known.site)
    }
    case 'answer': {
      const { site } = requireApproved(state, publicKey)
      const { question, share, journal, commitment } = body
      const asked = state.questions[question]
      if (asked) {
        const manifest = decodeManifest(Buffer.from(asked.manifest, 'base64'))
        checkShareBytes(manifest, share)
        requireCommitment(manifest, commitment)
      }
      // Refuse what is late or doubled before storing anything, then store, then decide for good.
      const claim = {
        question,
        site,
        shareHash: hash(share),
        envelopeHash: hash(frame),
        bytes: frame.byteLength,
        ...(commitment !== undefined && { commitment }),
        journal,
      }
      if (answer(state, claim, clock()).length > 0) {
        await Promise.all([blobs.put(share), blobs.put(frame)])
        await core.commit((latest, now) => answer(latest, claim, now))
      }
      return { kind: 'receipt', question }
    }
    case 'groupCommitment':
    case 'groupContribution':
    case 'keyOffer':
    case 'sealedShares':
    case 'survivorSignature':
    case 'unmaskShares': {
      const { site } = requireApproved(state, publicKey)
      const step = stepRecord(site, body, frame)
      if (speak(state, step, clock()).length > 0) {
        await sums.check(state, site, body)
        await blobs.put(frame)
        await core.commit((latest, now) => speak(latest, step, now))
      }
      return { kind: 'receipt', question: body.question }
    }
    case 'refusal': {
      const { site } = requireApproved(state, publicKey)
      const { question, code, reason } = body
      await core.commit((latest, now) => refuse(latest, { question, site, code, reason }, now))
      return { kind: 'receipt', question }
    }
    case 'blobRequest': {
      requireApproved(state, publicKey)
      return published(state, body)
    }
    default:
      throw new CollegiumError('FRAME_MALFORMED', `A coordinator takes no "${body.kind}".`)
  }
}
