/** Enrolment over an open link: trade the invite's token for a place in the federation. */
import type { Clock, SiteLink } from '#federation/ports.ts'
import type { Invite } from '#federation/invite.ts'
import type { Identity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import { createSession, type Sequence } from './session.ts'

export interface Membership {
  readonly federation: string
  readonly federationName: string
  readonly coordinatorKey: string
  readonly site: string
}

export interface EnrolParts {
  readonly identity: Identity
  readonly invite: Invite
  readonly link: SiteLink
  readonly clock: Clock
  readonly sequence?: Sequence
  /** Awaited once the coordinator has proved its key and before the token is spent: the moment to keep the key. */
  readonly onTrusted?: () => Promise<void>
}

/**
 * Says hello, checks that the coordinator holds the key that the invite names, and enrols; `approved` says
 * whether the operator still has to approve. Doing it again with the same key is harmless.
 *
 * Rejects with `COORDINATOR_KEY_MISMATCH`, `FEDERATION_MISMATCH`, the coordinator's `INVITE_UNKNOWN`,
 * `INVITE_USED`, `INVITE_EXPIRED` or `SITE_EXISTS`, or `SITE_REVOKED`.
 */
export async function enrolSite(parts: EnrolParts): Promise<Membership & { readonly approved: boolean }> {
  const { identity, invite, link } = parts
  const session = createSession({ ...parts, ...invite })
  await link.open({ onPush: () => undefined, onState: () => undefined })
  const welcome = await session.hello()
  await parts.onTrusted?.()
  const place = {
    federation: welcome.federation,
    federationName: welcome.federationName,
    coordinatorKey: welcome.publicKey,
  }
  if (welcome.enrolment === 'approved' || welcome.enrolment === 'pending')
    return { ...place, site: welcome.site, approved: welcome.enrolment === 'approved' }
  const { publicKey } = identity
  const { state, site } = await session.request({ kind: 'enrolmentRequest', token: invite.token, publicKey })
  if (state !== 'approved' && state !== 'pending')
    throw new CollegiumError(
      'SITE_REVOKED',
      `The coordinator does not admit "${invite.site}": it is ${state}.`,
    )
  return { ...place, site, approved: state === 'approved' }
}
