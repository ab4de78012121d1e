/**
 * What a secure sum fixes before anything is computed, and what a site asks of it.
 *
 * All of it follows from the signed manifest. The hash of the manifest, the *context*, enters every signature, key
 * and seal of the sum: two sites that were shown manifests differing in one bit have nothing in common, and their
 * masks never cancel.
 */
import { bytesToHex, concatBytes, hashBytes, hexToBytes } from '../crypto.ts'
import { PrivacyError } from '../errors.ts'
import { createGraph, type NeighbourGraph } from './graph.ts'

export interface AgreementTerms {
  /** `contextOf` the manifest as signed and sent. */
  readonly context: Uint8Array
  /**
   * Hex: what the teacher is asked, whoever else takes part: the hash of transfer rows, order, preprocessing and
   * form of answer, as this site computes it. A deterministic teacher answers a query once.
   */
  readonly query: string
  /** Ed25519 public keys in hex, in the manifest's order. A site is its position here. */
  readonly roster: readonly string[]
  /** Shares that unmask. */
  readonly threshold: number
  /** Neighbours of each site: n - 1, or even and smaller. */
  readonly degree: number
  /**
   * In a sparse graph: how many of the whole roster must be in the sum, and sign one list of who is. Without it the
   * neighbours alone sign, which a coordinator must be believed not to use (graph-parameters.ts).
   */
  readonly quorum?: number
  /** Length of each vector. */
  readonly words: number
}

export interface Agreement extends AgreementTerms {
  readonly graph: NeighbourGraph
  /** Sites that a sum must include: the quorum, or the threshold, in proportion where a site has not everyone's shares. */
  readonly minimumSurvivors: number
}

/** A site's own terms; the coordinator has no say in them. */
export interface SumPolicy {
  /** In the roster. */
  readonly minimumSites: number
  /** Of the holders of a site's shares, and of the roster, 0 to 1; 2/3 is right for a coordinator that may lie. */
  readonly minimumThreshold: number
  /** Sites that may be in league with the coordinator, all of them holders: 2 t must exceed the holders and these. */
  readonly colluders: number
}

const LABEL = 'collegium/secagg/v1'

/** A hash or key of the sum: BLAKE2b-256 over a label, and the parts, each of a length that never varies. */
export function labelled(label: string, parts: readonly Uint8Array[], key?: Uint8Array): Uint8Array {
  return hashBytes([new TextEncoder().encode(`${LABEL}/${label}\0`), ...parts], key)
}

/** The domain of what a site's identity signs in a sum. */
export const domainOf = (what: 'keys' | 'survivors'): string => `${LABEL}/${what}`

export const contextOf = (manifest: Uint8Array): Uint8Array => labelled('context', [manifest])

/** The context of one group's sum: that of the question, the seed of the deal (32 bytes), and the group's keys in hex. */
export const groupContext = (context: Uint8Array, seed: Uint8Array, roster: readonly string[]): Uint8Array =>
  labelled('group', [context, seed, hashBytes([concatBytes(roster.map(hexToBytes))])])

/** A position in the roster, four bytes. */
export function siteBytes(site: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, site, true)
  return bytes
}

export const nameOf = ({ context }: AgreementTerms): string => bytesToHex(context)

/** Throws `SECAGG_AGREEMENT_INVALID`. The graph's order is drawn from the context and the roster. */
export function agree(terms: AgreementTerms): Agreement {
  const { context, roster, degree, threshold, quorum, words } = terms
  const sites = roster.length
  const require = (holds: boolean, what: string): void => {
    if (!holds) throw new PrivacyError('SECAGG_AGREEMENT_INVALID', `The manifest's ${what}.`)
  }
  require(context.length === 32, 'context is not a hash of 32 bytes')
  require(sites >= 2 && sites < 2 ** 20, `roster has ${sites} sites`)
  require(roster.every((key) => /^[0-9a-f]{64}$/.test(key)) &&
    new Set(roster).size === sites, 'roster names a key twice, or something that is no key')
  require(degree === sites - 1 ||
    (degree >= 2 &&
      degree < sites - 1 &&
      degree % 2 === 0), `degree ${degree} is neither ${sites - 1} nor even and smaller`)
  require(Number.isSafeInteger(words) && words > 0 && words <= 2 ** 28, `vectors have ${words} words`)
  const seed = labelled('graph', [context, hashBytes([concatBytes(roster.map(hexToBytes))])])
  const graph = createGraph(sites, degree, seed)
  const holders = graph.holderCount
  require(Number.isSafeInteger(threshold) &&
    threshold <= holders &&
    2 * threshold > holders, `threshold ${threshold} is not more than half of ${holders}, or more than all`)
  require(quorum === undefined ||
    (Number.isSafeInteger(quorum) &&
      quorum <= sites &&
      2 * quorum > sites), `quorum ${quorum} is not more than half of ${sites}, or more than all`)
  return { ...terms, graph, minimumSurvivors: quorum ?? Math.ceil((sites * threshold) / holders) }
}

/** Throws `SECAGG_ROSTER_SMALL` or `SECAGG_THRESHOLD_LOW` where the site's own terms are not met. */
export function requirePolicy({ roster, threshold, quorum, graph }: Agreement, policy: SumPolicy): void {
  if (roster.length < policy.minimumSites)
    throw new PrivacyError(
      'SECAGG_ROSTER_SMALL',
      `The roster has ${roster.length} sites; this site answers with at least ${policy.minimumSites}.`,
    )
  requireHighEnough('threshold', threshold, graph.holderCount, policy)
  if (quorum !== undefined) requireHighEnough('quorum', quorum, roster.length, policy)
}

function requireHighEnough(
  what: string,
  votes: number,
  of: number,
  { minimumThreshold, colluders }: SumPolicy,
): void {
  const least = Math.max(minimumThreshold * of, (of + colluders + 1) / 2)
  if (votes < least)
    throw new PrivacyError(
      'SECAGG_THRESHOLD_LOW',
      `The ${what} is ${votes} of ${of}; this site asks for at least ${Math.ceil(least)}.`,
    )
}

/** Whose signatures under its list of survivors a site counts, and how many it wants. */
export function jury({ graph, roster, threshold, quorum }: Agreement, site: number) {
  return quorum === undefined
    ? { sites: graph.holders(site), votes: threshold }
    : { sites: roster.map((_, position) => position), votes: quorum }
}

/** Whether t holders of every dealer's shares are there: otherwise no share should be asked for at all. */
export const everySecretHas = (
  { graph, roster, threshold }: Agreement,
  dealt: (site: number) => boolean,
  isThere: (holder: number) => boolean,
): boolean =>
  roster.every((_, site) => !dealt(site) || graph.holders(site).filter(isThere).length >= threshold)
