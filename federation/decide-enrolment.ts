/**
 * Who may take part: decisions about invites and sites.
 *
 * A decision is a pure function `(state, command, now) -> facts`. It throws a `CollegiumError` when the
 * command may not happen, and returns no facts when it already has.
 */
import { CollegiumError } from '#proto/errors.ts'
import { goOnWithout } from './decide-question.ts'
import type { Fact } from './events.ts'
import type { SiteId } from './ids.ts'
import { requireRotation, type KeyRotation } from './key-rotation.ts'
import { siteByKey, type FederationState, type Site } from './state.ts'

export function invite(
  state: FederationState,
  command: { site: SiteId; tokenHash: string; expiresAt: number; approve: boolean },
): Fact[] {
  const existing = state.sites[command.site]
  if (existing && existing.enrolment !== 'revoked')
    throw new CollegiumError('SITE_EXISTS', `There is a site named "${command.site}" already.`)
  return [{ type: 'site-invited', ...command }]
}

/** Exchanges a one-time token for a place in the federation. Repeating it with the same key is harmless. */
export function enrol(
  state: FederationState,
  { tokenHash, publicKey }: { tokenHash: string; publicKey: string },
  now: number,
): Fact[] {
  const offered = state.invites[tokenHash]
  if (!offered) throw new CollegiumError('INVITE_UNKNOWN', 'This coordinator issued no such invite.')
  if (offered.used) {
    if (state.sites[offered.site]?.publicKey === publicKey) return []
    throw new CollegiumError('INVITE_USED', `The invite for "${offered.site}" has been used already.`)
  }
  if (now > offered.expiresAt) {
    const expired = new Date(offered.expiresAt).toISOString()
    throw new CollegiumError('INVITE_EXPIRED', `The invite for "${offered.site}" expired at ${expired}.`)
  }
  const holder = siteByKey(state, publicKey)
  if (holder) throw new CollegiumError('SITE_EXISTS', `This key is enrolled already, as "${holder.site}".`)
  requireFreshKey(state, publicKey)
  const taken = state.sites[offered.site]
  if (taken && taken.enrolment !== 'revoked')
    throw new CollegiumError('SITE_EXISTS', `There is a site named "${offered.site}" already.`)
  return [{ type: 'site-enrolled', site: offered.site, publicKey, tokenHash }]
}

export function approve(state: FederationState, site: SiteId): Fact[] {
  const { enrolment } = known(state, site)
  if (enrolment === 'revoked')
    throw new CollegiumError('SITE_REVOKED', `"${site}" was revoked; invite it again to readmit it.`)
  return enrolment === 'approved' ? [] : [{ type: 'site-approved', site }]
}

/** Ends a site's membership at once; a question that waited for it alone closes. */
export function revoke(state: FederationState, site: SiteId): Fact[] {
  if (known(state, site).enrolment === 'revoked') return []
  return [{ type: 'site-revoked', site }, ...goOnWithout(state, site)]
}

/** Gives a site another key, as both keys demand; the old one is never accepted again. */
export function rotate(state: FederationState, rotation: KeyRotation): Fact[] {
  const { oldKey, publicKey } = rotation
  const site = siteByKey(state, oldKey)
  if (!site) throw new CollegiumError('SITE_UNKNOWN', 'No site of this federation has this key.')
  if (site.enrolment === 'revoked')
    throw new CollegiumError('SITE_REVOKED', `The site "${site.site}" was revoked by the operator.`)
  const holder = siteByKey(state, publicKey)
  if (holder) throw new CollegiumError('SITE_EXISTS', `The new key is enrolled already, as "${holder.site}".`)
  requireFreshKey(state, publicKey)
  requireRotation(rotation, state.founded?.federation ?? '')
  return [{ type: 'site-key-rotated', site: site.site, ...rotation }]
}

function requireFreshKey({ revokedKeys }: FederationState, publicKey: string): void {
  if (revokedKeys.includes(publicKey))
    throw new CollegiumError('KEY_REVOKED', 'This key was revoked or replaced; a new one is needed.')
}

/** The approved site that holds this key; every request after enrolment passes through here. */
export function requireApproved(state: FederationState, publicKey: string): Site {
  const site = siteByKey(state, publicKey)
  if (!site) throw new CollegiumError('SITE_UNKNOWN', 'No site of this federation has this key.')
  if (site.enrolment === 'revoked')
    throw new CollegiumError('SITE_REVOKED', `The site "${site.site}" was revoked by the operator.`)
  if (site.enrolment === 'pending')
    throw new CollegiumError(
      'SITE_NOT_APPROVED',
      `The site "${site.site}" waits for the operator's approval.`,
    )
  return site
}

function known(state: FederationState, id: SiteId): Site {
  const site = state.sites[id]
  if (!site) throw new CollegiumError('SITE_UNKNOWN', `There is no site named "${id}".`)
  return site
}
