/** Secure sums to test with: identities, agreements and rounds from small numbers. */
import { identityOf, type OwnIdentity } from '#privacy/identity.ts'
import { agree, contextOf, type Agreement, type SumPolicy } from '#privacy/secagg/agreement.ts'
import { majorityThreshold } from '#privacy/secagg/graph-parameters.ts'
import { runRound, type Round, type RoundResult } from '#privacy/secagg/in-process.ts'

/** 32 bytes that name a site and a purpose. */
export function seedFor(site: number, purpose: number): Uint8Array {
  const seed = new Uint8Array(32).fill(purpose)
  new DataView(seed.buffer).setUint32(0, site)
  return seed
}

export const identitiesOf = (sites: number): OwnIdentity[] =>
  Array.from({ length: sites }, (_, site) => identityOf(seedFor(site, 1)))

export const lenient: SumPolicy = { minimumSites: 2, minimumThreshold: 0.5, colluders: 0 }

export function agreementOf(
  sites: number,
  terms: Partial<Agreement> & { manifest?: string } = {},
): Agreement {
  const { manifest = 'a question', ...others } = terms
  return agree({
    context: contextOf(new TextEncoder().encode(manifest)),
    query: 'query',
    roster: identitiesOf(sites).map(({ publicKey }) => publicKey),
    threshold: majorityThreshold(sites),
    degree: sites - 1,
    words: 3,
    ...others,
  })
}

/** Site i answers [i + 1, 2^32 - 1, 2^31 + i]. */
export const answerOf = (site: number): Uint32Array => Uint32Array.of(site + 1, 2 ** 32 - 1, 2 ** 31 + site)

/** Modulo 2^32, in plain sight. */
export function plainSum(sites: Iterable<number>, answer = answerOf): number[] {
  const vectors = [...sites].map(answer)
  return Array.from(vectors[0] ?? [], (_, k) =>
    vectors.reduce((sum, words) => (sum + words[k]!) % 2 ** 32, 0),
  )
}

export function run(agreement: Agreement, options: Partial<Round> = {}): RoundResult {
  const identities = identitiesOf(agreement.roster.length)
  return runRound({
    agreement,
    policy: lenient,
    identities,
    seed: (site) => seedFor(site, 2),
    answer: answerOf,
    ...options,
  })
}
