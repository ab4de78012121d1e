/**
 * What a site remembers of the coordinator's history, so that nobody rewrites it unseen.
 *
 * Every question says where the coordinator's journal stood when it was asked (a sequence and a hash) and which
 * keys were revoked or replaced until then. A site keeps the last such word in its own journal. From then on
 * the coordinator can only go forward: a journal that is shorter, that has another record in the same place, or
 * that has forgotten a revoked key, gets no more answers from it. That the longer journal still *contains* what
 * the site saw is for an audit to check, with the site's journal in hand: `collegium journal verify`.
 */
import { keyIdOf } from '#privacy/identity.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import type { Objection } from './objection.ts'
import type { SiteFact } from './site-events.ts'
import type { SiteState } from './site-state.ts'

/** Why a question contradicts what this site has seen; undefined when it does not. */
export function contradiction(
  { witnessed }: Pick<SiteState, 'witnessed'>,
  { journalHead, revoked }: QuestionManifest,
): Objection | undefined {
  if (!journalHead)
    return {
      code: 'MANIFEST_INVALID',
      reason: "The question does not say where the coordinator's journal stands.",
    }
  if (!witnessed) return undefined
  if (journalHead.sequence < witnessed.sequence)
    return rewritten(`ends at record ${journalHead.sequence}; it had ${witnessed.sequence}`)
  if (journalHead.sequence === witnessed.sequence && journalHead.hash !== witnessed.hash)
    return rewritten(`has another record ${journalHead.sequence} than before`)
  const listed = new Set(revoked)
  if (!witnessed.revoked.every((keyId) => listed.has(keyId))) return rewritten('has forgotten a revoked key')
  return undefined
}

/** Remembers what a question says, if that is news and no contradiction. */
export function witness(state: SiteState, question: string, manifest: QuestionManifest): SiteFact[] {
  const { journalHead, revoked, federation } = manifest
  const { witnessed, joined } = state
  if (!journalHead || joined?.federation !== federation || contradiction(state, manifest)) return []
  if (witnessed?.sequence === journalHead.sequence && witnessed.revoked.length === revoked.length) return []
  const known = new Set(witnessed?.revoked)
  const news = revoked.filter((keyId) => !known.has(keyId))
  return [{ type: 'head-witnessed', question, ...journalHead, revoked: news }]
}

/** A roster with a key that was ever revoked or replaced: whoever holds it now may be anyone. */
export function revokedInRoster(
  { witnessed }: Pick<SiteState, 'witnessed'>,
  { roster, revoked }: QuestionManifest,
): Objection | undefined {
  const never = new Set([...revoked, ...(witnessed?.revoked ?? [])])
  const found = roster.find(({ publicKey }) => never.has(keyIdOf(publicKey)))
  return found && { code: 'KEY_REVOKED', reason: `The roster gives "${found.site}" a key that was revoked.` }
}

const rewritten = (what: string): Objection => ({
  code: 'HISTORY_REWRITTEN',
  reason: `The coordinator's journal ${what}.`,
})
