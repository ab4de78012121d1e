/** The keys of a sum: signed by identities, agreed in pairs. */
import {
  concatBytes,
  exchangeKeyPairOf,
  hexToBytes,
  seal,
  sessionKeys,
  unseal,
  verifyDetached,
  type KeyPair,
  type SessionKeys,
} from '../crypto.ts'
import { PrivacyError } from '../errors.ts'
import { shareBytes } from '../shamir.ts'
import { domainOf, labelled, siteBytes, type Agreement } from './agreement.ts'
import type { SignedKeys } from './messages.ts'

/** What a site signs of its keys: 100 bytes, and the context among them, so that no other sum's keys pass. */
export function keyStatement({ context }: Agreement, keys: Omit<SignedKeys, 'signature'>): Uint8Array {
  return concatBytes([context, siteBytes(keys.site), keys.maskKey, keys.shareKey])
}

/** Throws `SECAGG_STRANGER` or `SECAGG_KEY_UNSIGNED` unless the site of the roster signed them for this sum. */
export function requireSigned(agreement: Agreement, keys: SignedKeys): void {
  const identity = agreement.roster[keys.site]
  if (identity === undefined)
    throw new PrivacyError(
      'SECAGG_STRANGER',
      `The keys of site ${keys.site} were sent, which is not in the roster.`,
    )
  const fits = keys.maskKey.length === 32 && keys.shareKey.length === 32
  if (
    !fits ||
    !verifyDetached(hexToBytes(identity), domainOf('keys'), keyStatement(agreement, keys), keys.signature)
  )
    throw new PrivacyError(
      'SECAGG_KEY_UNSIGNED',
      `The keys of site ${keys.site} are not signed by it for this question.`,
    )
}

/** Throws `SECAGG_KEY_WEAK` for a key that would agree on no secret with anyone. */
export function requireStrong({ site, maskKey, shareKey }: SignedKeys): void {
  const anyone = exchangeKeyPairOf(new Uint8Array(32))
  for (const key of [maskKey, shareKey]) keysWith(anyone, key, site)
}

/** Throws `SECAGG_DUPLICATE` where a site, or a key of whatever use, comes twice. */
export function requireDistinct(list: readonly SignedKeys[]): void {
  if (new Set(list.map(({ site }) => site)).size < list.length)
    throw new PrivacyError('SECAGG_DUPLICATE', 'The list of keys names a site twice.')
  const keys = list.flatMap(({ maskKey, shareKey }) =>
    [maskKey, shareKey].map((key) => Buffer.from(key).toString('latin1')),
  )
  if (new Set(keys).size < keys.length)
    throw new PrivacyError('SECAGG_DUPLICATE', 'The list of keys has the same key twice.')
}

/** The hash of everyone's signed keys in the roster's order. */
export function viewOf(agreement: Agreement, list: readonly SignedKeys[]): Uint8Array {
  const inOrder = [...list].sort((a, b) => a.site - b.site)
  return labelled(
    'view',
    inOrder.flatMap((keys) => [keyStatement(agreement, keys), keys.signature]),
  )
}

/** The seed of the mask between two sites, the same at both ends. Throws `SECAGG_KEY_WEAK`. */
export function pairSeed(own: KeyPair, peer: SignedKeys, view: Uint8Array): Uint8Array {
  const { send, receive, lower } = keysWith(own, peer.maskKey, peer.site)
  return labelled('mask', [view], lower ? send : receive)
}

/** The keys of the channel on which two sites hand each other shares. Throws `SECAGG_KEY_WEAK`. */
export const channelWith = (own: KeyPair, peer: SignedKeys): SessionKeys =>
  keysWith(own, peer.shareKey, peer.site)

export interface Route {
  readonly from: number
  readonly to: number
}

const routeBytes = (view: Uint8Array, { from, to }: Route): Uint8Array =>
  concatBytes([view, siteBytes(from), siteBytes(to)])

/** Seals shares for their holder; they open under the same view and route alone. */
export function sealShares(
  { send }: SessionKeys,
  route: Route,
  view: Uint8Array,
  { shares, nonce }: { shares: Uint8Array; nonce: Uint8Array },
): Uint8Array {
  return seal(send, shares, routeBytes(view, route), nonce)
}

/** Throws `SECAGG_SHARE_UNREADABLE` for a box not sealed by this site, for us, under this view. */
export function openShares(
  { receive }: SessionKeys,
  route: Route,
  view: Uint8Array,
  box: Uint8Array,
): Uint8Array {
  const shares = unseal(receive, box, routeBytes(view, route))
  if (shares?.length === 2 * SEED_SHARE_BYTES) return shares
  throw new PrivacyError('SECAGG_SHARE_UNREADABLE', `The share from site ${route.from} cannot be opened.`)
}

/** Of a share of a 32-byte seed. */
export const SEED_SHARE_BYTES = shareBytes(32)

function keysWith(own: KeyPair, peer: Uint8Array, site: number): SessionKeys {
  const keys = sessionKeys(own, peer)
  if (keys) return keys
  throw new PrivacyError('SECAGG_KEY_WEAK', `Site ${site} sent a key that agrees on no secret.`)
}

/** What a site signs of the survivors it was shown, and the signatures that show that others were shown the same. */
export function survivorStatement(view: Uint8Array, survivors: Uint8Array): Uint8Array {
  return labelled('survivors', [view, survivors])
}

/** Throws `SECAGG_CONSENT_INVALID` unless the site signed this very list. */
export function requireConsent(
  { roster }: Agreement,
  site: number,
  statement: Uint8Array,
  signature: Uint8Array,
): void {
  const identity = roster[site]
  if (
    identity === undefined ||
    !verifyDetached(hexToBytes(identity), domainOf('survivors'), statement, signature)
  )
    throw new PrivacyError('SECAGG_CONSENT_INVALID', `Site ${site} has not signed this list of survivors.`)
}
