/**
 * A site's side of a secure sum: the active variant of Bonawitz et al., "Practical secure aggregation for
 * privacy-preserving machine learning" (CCS 2017), figure 4, with the coordinator as its server.
 *
 * Three sites answer 5, 7 and 1. Each adds a mask of its own and, with each other site, a mask that one adds and the
 * other subtracts. What the coordinator gets are three uniform vectors; their sum is 13 and three own masks.
 *
 *     waits for    and then sends
 *     the manifest two fresh public keys, signed
 *     key-list     of everyone: shares of its two secrets, sealed for each holder
 *     boxes        the shares it holds of others: nothing
 *     answer       of its own teacher: the answer under the masks
 *     survivors    whose answers arrived: its signature under that list
 *     consents     t signatures under the same list: for each survivor a share of its own mask,
 *                  for each that dropped out a share of its mask key
 *
 * The own masks of survivors and the pairwise masks of the dropped then come off the sum. Both of one site would bare
 * its answer. So a site signs one list of survivors and gives one share of each other site, ever: with 2 t > n + c, no
 * two lists find t signatures, whatever the coordinator and c sites tell whom.
 *
 * It is a reducer `(state, event) -> (state, message)`, with one exception to purity that is the point of it: secrets
 * are zeroed when the sum is over, and a step can be taken once, from whichever copy of the state. A refusal ends the
 * sum for this site. Secrets are in memory alone, so a site that restarts has dropped out of the sums it was in: the
 * caller persists `nameOf` the agreement before the keys leave, and the query before the masked answer does, and
 * passes both as `earlier` to every `openSite` after that.
 */
import type { SessionKeys } from '../crypto.ts'
import { PrivacyError } from '../errors.ts'
import type { Identity } from '../identity.ts'
import { addMask, subtractMask } from '../masks.ts'
import { domainOf, jury, nameOf, requirePolicy, type Agreement, type SumPolicy } from './agreement.ts'
import {
  channelWith,
  keyStatement,
  openShares,
  pairSeed,
  requireConsent,
  requireDistinct,
  requireSigned,
  sealShares,
  SEED_SHARE_BYTES,
  survivorStatement,
  viewOf,
} from './keys.ts'
import type { FromSite, KeyListMessage, SignedKeys, ToSite } from './messages.ts'
import { has, requireRosterSet, sizeOf } from './roster-set.ts'
import { deal, secretsOf, wipe, type Secrets } from './secrets.ts'

export type SiteSum = WaitingSite | { readonly step: 'unmasked' } | { readonly step: 'refused' }

type WaitingSite = Own &
  (
    | { readonly step: 'key-list'; readonly keys: SignedKeys }
    | ({
        readonly step: 'boxes'
        readonly channels: ReadonlyMap<number, SessionKeys>
        readonly own: Uint8Array
      } & Peers)
    | ({ readonly step: 'answer' } & Holding)
    | ({ readonly step: 'survivors' } & Holding)
    | ({ readonly step: 'consents'; readonly survivors: Uint8Array } & Holding)
  )

interface Own {
  readonly agreement: Agreement
  readonly site: number
  readonly identity: Identity
  readonly secrets: Secrets
}

interface Peers {
  readonly view: Uint8Array
  /** The neighbours that take part so far. */
  readonly peers: ReadonlyMap<number, SignedKeys>
}

interface Holding extends Peers {
  /** By site: the shares we hold of its secrets, its own mask's before its mask key's. */
  readonly held: ReadonlyMap<number, Uint8Array>
}

type At<Step extends WaitingSite['step']> = Extract<WaitingSite, { step: Step }>

/** `answer` is the site's own: its vector, of `words` words. */
export type SiteSumEvent = ToSite | { readonly kind: 'answer'; readonly words: Uint32Array }

export interface SiteStep {
  readonly state: SiteSum
  readonly send?: FromSite
  /** Why nothing is sent, now or ever after in this sum. */
  readonly refusal?: PrivacyError
}

export interface SiteStart {
  readonly agreement: Agreement
  readonly policy: SumPolicy
  readonly identity: Identity
  /** 32 bytes from a secure source, for this sum alone. */
  readonly seed: Uint8Array
  /** Names of agreements that this site entered, and queries that it answered, at any time. */
  readonly earlier: ReadonlySet<string>
}

/** Checks the agreement against the site's own policy and past, and sends keys. */
export function openSite({ agreement, policy, identity, seed, earlier }: SiteStart): SiteStep {
  const secrets = secretsOf(agreement, seed, 'key-list')
  return attempt(secrets, () => {
    const site = agreement.roster.indexOf(identity.publicKey)
    if (site < 0)
      throw new PrivacyError('SECAGG_NOT_IN_ROSTER', 'The roster does not have the key of this site.')
    if (earlier.has(nameOf(agreement)) || earlier.has(agreement.query))
      throw new PrivacyError(
        'SECAGG_REPEATED',
        'This site has taken part in this sum, or answered this query, before.',
      )
    requirePolicy(agreement, policy)
    const unsigned = { site, maskKey: secrets.maskPair.publicKey, shareKey: secrets.sharePair.publicKey }
    const signature = identity.sign(domainOf('keys'), keyStatement(agreement, unsigned))
    const keys = { ...unsigned, signature }
    const state: SiteSum = { step: 'key-list', agreement, site, identity, secrets, keys }
    return { state, send: { kind: 'keys', keys } }
  })
}

/** The next step. What does not belong here and now is refused, and a refusal is for good. */
export function advanceSite(state: SiteSum, event: SiteSumEvent): SiteStep {
  if (state.step === 'unmasked' || state.step === 'refused')
    return { state, refusal: outOfStep(event.kind, 'nothing any more') }
  return attempt(
    state.secrets,
    () => {
      if (event.kind !== state.step) throw outOfStep(event.kind, state.step)
      // Two copies of a state must not sign two lists of survivors.
      if (state.secrets.openFor !== state.step) throw outOfStep(event.kind, 'another copy of this state')
      const step = take(state, event)
      state.secrets.openFor = step.state.step
      if (step.state.step === 'unmasked') forget(state)
      return step
    },
    state,
  )
}

/** Gives a sum up: wipes its secrets. */
export function abandonSite(state: SiteSum): void {
  if (state.step !== 'unmasked' && state.step !== 'refused') forget(state)
}

function take(state: WaitingSite, event: SiteSumEvent): SiteStep {
  switch (event.kind) {
    case 'key-list':
      return share(state as At<'key-list'>, event)
    case 'boxes':
      return receive(state as At<'boxes'>, event.boxes)
    case 'answer':
      return mask(state as At<'answer'>, event.words)
    case 'survivors':
      return consent(state as At<'survivors'>, event.survivors)
    case 'consents':
      return unmask(state as At<'consents'>, event.consents)
  }
}

function share(state: At<'key-list'>, { view, keys: list }: KeyListMessage): SiteStep {
  const { agreement, site, secrets } = state
  const { graph, roster, threshold } = agreement
  requireDistinct(list)
  const own = list.find((keys) => keys.site === site)
  if (!own || !sameKeys(own, state.keys))
    throw new PrivacyError(
      'SECAGG_OWN_KEY_CHANGED',
      'The list of keys does not have the keys that this site sent.',
    )
  const neighbours = graph.neighbours(site)
  const peers = new Map(list.filter((keys) => keys !== own).map((keys) => [keys.site, keys]))
  for (const keys of peers.values()) {
    if (!neighbours.includes(keys.site))
      throw new PrivacyError(
        'SECAGG_STRANGER',
        `Site ${keys.site} is no neighbour of this site in the roster.`,
      )
    requireSigned(agreement, keys)
  }
  if (neighbours.length === roster.length - 1 && !sameBytes(view, viewOf(agreement, list)))
    throw new PrivacyError('SECAGG_VIEW_SPLIT', 'The list of keys is not the one that the coordinator names.')
  requireEnough(state, peers.keys(), 'sent keys')
  const channels = new Map([...peers].map(([peer, keys]) => [peer, channelWith(secrets.sharePair, keys)]))
  const dealt = deal(
    secrets,
    threshold,
    graph.holders(site).filter((holder) => holder === site || peers.has(holder)),
  )
  const ofOwn = dealt.find(({ holder }) => holder === site)?.shares ?? new Uint8Array(0)
  const boxes = dealt
    .filter(({ holder }) => holder !== site)
    .map(({ holder, ...sealed }) => {
      const box = sealShares(channels.get(holder)!, { from: site, to: holder }, view, sealed)
      sealed.shares.fill(0)
      return { site: holder, box }
    })
  const { keys: _keys, ...rest } = state
  return {
    state: { ...rest, step: 'boxes', view, peers, channels, own: ofOwn },
    send: { kind: 'shares', boxes },
  }
}

function receive(state: At<'boxes'>, boxes: readonly { site: number; box: Uint8Array }[]): SiteStep {
  const { site, view, peers, channels, own, ...rest } = state
  const held = new Map<number, Uint8Array>()
  if (own.length > 0) held.set(site, own)
  for (const { site: from, box } of boxes) {
    const channel = channels.get(from)
    if (!channel)
      throw new PrivacyError('SECAGG_STRANGER', `A share came from site ${from}, which sent no keys.`)
    if (held.has(from)) throw new PrivacyError('SECAGG_DUPLICATE', `Two shares came from site ${from}.`)
    held.set(from, openShares(channel, { from, to: site }, view, box))
  }
  requireEnough(state, held.keys(), 'dealt shares')
  const dealers = new Map([...peers].filter(([peer]) => held.has(peer)))
  for (const { send, receive } of channels.values()) [send, receive].forEach((key) => key.fill(0))
  return { state: { ...rest, step: 'answer', site, view, peers: dealers, held } }
}

function mask(state: At<'answer'>, answer: Uint32Array): SiteStep {
  const { agreement, site, secrets, view, peers } = state
  if (answer.length !== agreement.words)
    throw new PrivacyError(
      'SHARE_LENGTH',
      `The answer has ${answer.length} words instead of ${agreement.words}.`,
    )
  const words = answer.slice()
  addMask(words, secrets.selfSeed)
  for (const [peer, keys] of peers) {
    const seed = pairSeed(secrets.maskPair, keys, view)
    if (site < peer) addMask(words, seed)
    else subtractMask(words, seed)
    seed.fill(0)
  }
  return { state: { ...state, step: 'survivors' }, send: { kind: 'masked', words } }
}

function consent(state: At<'survivors'>, survivors: Uint8Array): SiteStep {
  const { agreement, site, identity, view, peers, held } = state
  requireRosterSet(survivors, agreement.roster.length)
  if (!has(survivors, site))
    throw new PrivacyError(
      'SECAGG_SELF_DROPPED',
      'The list of survivors leaves this site out, which answered.',
    )
  const unknown = agreement.graph.neighbours(site).find((peer) => has(survivors, peer) && !peers.has(peer))
  if (unknown !== undefined)
    throw new PrivacyError(
      'SECAGG_SURVIVORS_INVALID',
      `Site ${unknown} dealt no shares and cannot have answered.`,
    )
  requireEnough(
    state,
    [...held.keys()].filter((peer) => has(survivors, peer)),
    'answered',
  )
  if (sizeOf(survivors) < agreement.minimumSurvivors)
    throw tooFew(sizeOf(survivors), agreement.minimumSurvivors, 'answered in the whole roster')
  const signature = identity.sign(domainOf('survivors'), survivorStatement(view, survivors))
  // A copy: what was signed must not change under us.
  const next: SiteSum = { ...state, step: 'consents', survivors: survivors.slice() }
  return { state: next, send: { kind: 'consent', signature } }
}

function unmask(
  state: At<'consents'>,
  consents: readonly { site: number; signature: Uint8Array }[],
): SiteStep {
  const { agreement, site, view, survivors, held } = state
  const statement = survivorStatement(view, survivors)
  const { sites, votes } = jury(agreement, site)
  const jurors = new Set(sites)
  for (const { site: signer, signature } of consents) {
    if (!jurors.has(signer) || !has(survivors, signer))
      throw new PrivacyError(
        'SECAGG_STRANGER',
        `Site ${signer} is no survivor near this site; it has no say.`,
      )
    requireConsent(agreement, signer, statement, signature)
  }
  const signers = new Set(consents.map((given) => given.site))
  if (signers.size < consents.length)
    throw new PrivacyError('SECAGG_DUPLICATE', 'The consents name a site twice.')
  const count = sites.filter((juror) => juror === site || signers.has(juror)).length
  if (count < votes) throw tooFew(count, votes, 'signed the list of survivors')
  const shares = (alive: boolean, start: number) =>
    [...held]
      .filter(([of]) => has(survivors, of) === alive)
      .map(([of, both]) => ({ of, share: both.slice(start, start + SEED_SHARE_BYTES) }))
  return {
    state: { step: 'unmasked' },
    send: { kind: 'unmask', selfShares: shares(true, 0), keyShares: shares(false, SEED_SHARE_BYTES) },
  }
}

/** Throws `SECAGG_TOO_FEW` unless t of the holders of our shares, ourselves perhaps among them, are in it. */
function requireEnough({ agreement, site }: Own, sites: Iterable<number>, did: string): void {
  const { graph, threshold } = agreement
  const present = new Set(sites)
  const count = graph.holders(site).filter((holder) => holder === site || present.has(holder)).length
  if (count < threshold) throw tooFew(count, threshold, did)
}

const tooFew = (count: number, least: number, did: string): PrivacyError =>
  new PrivacyError('SECAGG_TOO_FEW', `${count} sites ${did}; the threshold is ${least}.`)

const outOfStep = (came: string, waiting: string): PrivacyError =>
  new PrivacyError('SECAGG_OUT_OF_STEP', `The message "${came}" came while the site waits for ${waiting}.`)

/** A refusal wipes what it can reach and is the end. */
function attempt(secrets: Secrets, step: () => SiteStep, state?: WaitingSite): SiteStep {
  try {
    return step()
  } catch (error) {
    if (state) forget(state)
    else wipe(secrets)
    if (!(error instanceof PrivacyError)) throw error
    return { state: { step: 'refused' }, refusal: error }
  }
}

/** Zeroes the site's secrets and the shares it holds of others'. */
function forget(state: WaitingSite): void {
  wipe(state.secrets)
  if ('own' in state) state.own.fill(0)
  if ('held' in state) for (const shares of state.held.values()) shares.fill(0)
  if ('channels' in state)
    for (const { send, receive } of state.channels.values()) [send, receive].forEach((key) => key.fill(0))
}

const sameKeys = (a: SignedKeys, b: SignedKeys): boolean =>
  sameBytes(a.maskKey, b.maskKey) && sameBytes(a.shareKey, b.shareKey) && sameBytes(a.signature, b.signature)

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
