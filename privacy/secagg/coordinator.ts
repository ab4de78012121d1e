/**
 * The coordinator's side of a secure sum: it collects, forwards, and closes each step.
 *
 * Who has spoken in a step goes on to the next; who has not has dropped out. `receive` takes one message, `close`
 * ends the step, at a deadline or when `awaited` is empty, and `messageFor` is what a site that asks is told: a
 * function of the state, so it can be asked any number of times. The masked answers themselves are not in the state.
 * They are stored as they come, and `revealSum` adds them up at the end, one at a time.
 *
 * It checks what it can check, since it is the honest sites that a spoilt message would stop: a message that does
 * not fit throws and changes nothing, and its sender is as good as silent.
 */
import { PrivacyError } from '../errors.ts'
import { everySecretHas, jury, type Agreement } from './agreement.ts'
import {
  requireConsent,
  requireSigned,
  requireStrong,
  SEED_SHARE_BYTES,
  survivorStatement,
  viewOf,
} from './keys.ts'
import type { Box, FromSite, HeldShare, SignedKeys, ToSite, UnmaskMessage } from './messages.ts'
import { has, rosterSet } from './roster-set.ts'

/** What is collected in each step, in order; a sum is over when `unmask` has closed. */
const STEPS = ['keys', 'shares', 'masked', 'consent', 'unmask'] as const
export type CollectStep = (typeof STEPS)[number]

/** By position in the roster. */
type PerSite<Value> = readonly (Value | undefined)[]

export interface CoordinatorSum {
  readonly agreement: Agreement
  readonly step: CollectStep | 'complete' | 'failed'
  /** Those who have spoken in the step before this one: the others have dropped out. */
  readonly expected: Uint8Array
  readonly keys: PerSite<SignedKeys>
  readonly view?: Uint8Array
  /** Sealed shares by sender; forgotten once the masked answers are in. */
  readonly boxes: PerSite<readonly Box[]>
  /** Who dealt shares: all that masks were exchanged with. */
  readonly dealers?: Uint8Array
  readonly masked: PerSite<true>
  /** Whose masked answers arrived in time: those in the sum. */
  readonly survivors?: Uint8Array
  readonly consents: PerSite<Uint8Array>
  readonly unmasks: PerSite<UnmaskMessage>
}

export function openCoordinator(agreement: Agreement): CoordinatorSum {
  const everyone = agreement.roster.map((_, site) => site)
  const expected = rosterSet(everyone.length, everyone)
  return { agreement, step: 'keys', expected, keys: [], boxes: [], masked: [], consents: [], unmasks: [] }
}

/**
 * One message of the step from an authenticated site. A message that has come already is ignored. Throws
 * `SECAGG_OUT_OF_STEP` for one of another step or from a site that has dropped out, and what its check throws.
 */
export function receive(state: CoordinatorSum, from: number, message: FromSite): CoordinatorSum {
  if (message.kind !== state.step || !(from < state.agreement.roster.length && has(state.expected, from)))
    throw new PrivacyError(
      'SECAGG_OUT_OF_STEP',
      `"${message.kind}" from site ${from} came while the sum was at "${state.step}" with others.`,
    )
  if (heard(state, from)) return state
  const put = <Value>(list: PerSite<Value>, value: Value): PerSite<Value> =>
    Object.assign([...list], { [from]: value })
  switch (message.kind) {
    case 'keys':
      requireSigned(state.agreement, requireSender(from, message.keys))
      requireStrong(message.keys)
      return { ...state, keys: put(state.keys, message.keys) }
    case 'shares':
      requireFor(
        message.boxes.map(({ site }) => site),
        takingPart(state, from),
      )
      return { ...state, boxes: put(state.boxes, message.boxes) }
    case 'masked':
      if (message.words.length !== state.agreement.words)
        throw new PrivacyError(
          'SHARE_LENGTH',
          `The answer of site ${from} has ${message.words.length} words instead of ${state.agreement.words}.`,
        )
      return { ...state, masked: put(state.masked, true) }
    case 'consent':
      requireConsent(state.agreement, from, statementOf(state), message.signature)
      return { ...state, consents: put(state.consents, message.signature) }
    case 'unmask':
      requireShares(state, from, message)
      return { ...state, unmasks: put(state.unmasks, message) }
  }
}

/** The sites still to be heard in this step. */
export function awaited(state: CoordinatorSum): number[] {
  if (state.step === 'complete' || state.step === 'failed') return []
  return state.agreement.roster.flatMap((_, site) =>
    has(state.expected, site) && !heard(state, site) ? [site] : [],
  )
}

/** Ends the step. With fewer than the agreed number of sites left, the sum has failed, and nobody is asked to unmask. */
export function close(state: CoordinatorSum): CoordinatorSum {
  const { agreement, step } = state
  if (step === 'complete' || step === 'failed') return state
  const sites = agreement.roster.length
  const present = agreement.roster.flatMap((_, site) => (heard(state, site) ? [site] : []))
  const expected = rosterSet(sites, present)
  const next = { ...state, expected, step: STEPS[STEPS.indexOf(step) + 1] ?? ('complete' as const) }
  if (present.length < agreement.minimumSurvivors) return { ...next, boxes: [], step: 'failed' }
  switch (step) {
    case 'keys':
      return {
        ...next,
        view: viewOf(
          agreement,
          state.keys.filter((keys) => keys !== undefined),
        ),
      }
    case 'shares':
      return { ...next, dealers: expected }
    case 'masked':
      return { ...next, boxes: [], survivors: expected }
    case 'consent':
      return everySecretHas(
        agreement,
        (site) => has(state.dealers!, site),
        (holder) => has(expected, holder),
      )
        ? next
        : { ...next, step: 'failed' }
    case 'unmask':
      return next
  }
}

/** What a site is told in this step; undefined where it has spoken already, has dropped out, or the sum is over. */
export function messageFor(state: CoordinatorSum, site: number): ToSite | undefined {
  const { agreement, step } = state
  if (!has(state.expected, site) || heard(state, site)) return undefined
  switch (step) {
    case 'shares': {
      const keys = [site, ...takingPart(state, site)].map((one) => state.keys[one]!)
      return { kind: 'key-list', view: state.view!, keys: keys.sort((a, b) => a.site - b.site) }
    }
    case 'masked': {
      const boxes = takingPart(state, site).map((from) => ({
        site: from,
        box: state.boxes[from]!.find((sealed) => sealed.site === site)!.box,
      }))
      return { kind: 'boxes', boxes }
    }
    case 'consent':
      return { kind: 'survivors', survivors: state.survivors! }
    case 'unmask': {
      // More signatures than it wants would only be more to verify.
      const { sites, votes } = jury(agreement, site)
      const consents = sites.filter((one) => state.consents[one] !== undefined).slice(0, votes)
      return {
        kind: 'consents',
        consents: consents.map((one) => ({ site: one, signature: state.consents[one]! })),
      }
    }
    default:
      return undefined
  }
}

/** The shares of a site's two secrets that holders have returned; of each secret there are `threshold`, or none needed. */
export function sharesOf(
  { agreement, unmasks }: CoordinatorSum,
  site: number,
): { x: number; share: Uint8Array }[] {
  return agreement.graph.holders(site).flatMap((holder) => {
    const message = unmasks[holder]
    const given = message && [...message.selfShares, ...message.keyShares].find(({ of }) => of === site)
    return given ? [{ x: holder + 1, share: given.share }] : []
  })
}

function heard(state: CoordinatorSum, site: number): boolean {
  const { keys, boxes, masked, consents, unmasks } = state
  const lists = { keys, shares: boxes, masked, consent: consents, unmask: unmasks }
  return state.step in lists && lists[state.step as CollectStep][site] !== undefined
}

/** The neighbours of a site that have not dropped out. */
const takingPart = ({ agreement, expected }: CoordinatorSum, site: number): number[] =>
  agreement.graph.neighbours(site).filter((peer) => has(expected, peer))

const statementOf = ({ view, survivors }: CoordinatorSum): Uint8Array => survivorStatement(view!, survivors!)

function requireSender(from: number, keys: SignedKeys): SignedKeys {
  if (keys.site === from) return keys
  throw new PrivacyError('SECAGG_STRANGER', `Site ${from} sent the keys of site ${keys.site}.`)
}

/** Every one of these sites, once, and no other. */
function requireFor(sites: readonly number[], due: readonly number[]): void {
  const complete = sites.length === due.length && new Set(sites).size === due.length
  if (!complete || !sites.every((site) => due.includes(site)))
    throw new PrivacyError('SECAGG_SHARE_WRONG', 'The shares are not one for each site that should have one.')
}

function requireShares(state: CoordinatorSum, from: number, { selfShares, keyShares }: UnmaskMessage): void {
  const { agreement, dealers, survivors } = state
  const due = agreement.graph.holders(from).filter((site) => has(dealers!, site))
  const listed = (shares: readonly HeldShare[]) => shares.map(({ of }) => of)
  requireFor(
    listed(selfShares),
    due.filter((site) => has(survivors!, site)),
  )
  requireFor(
    listed(keyShares),
    due.filter((site) => !has(survivors!, site)),
  )
  if ([...selfShares, ...keyShares].some(({ share }) => share.length !== SEED_SHARE_BYTES))
    throw new PrivacyError(
      'SECAGG_SHARE_WRONG',
      `A share from site ${from} is not of ${SEED_SHARE_BYTES} bytes.`,
    )
}
