/** Secure sums to measure: with all parties in this process, in CPU seconds. */
import type { OwnIdentity } from '#privacy/identity.ts'
import { identityOf } from '#privacy/identity.ts'
import { addMask, subtractMask } from '#privacy/masks.ts'
import { agree, contextOf } from '#privacy/secagg/agreement.ts'
import type { Agreement, AgreementTerms } from '#privacy/secagg/agreement.ts'
import { runRound } from '#privacy/secagg/in-process.ts'
import type { FromSite, ToSite } from '#privacy/secagg/messages.ts'

export interface SumTask extends Pick<AgreementTerms, 'threshold' | 'degree' | 'words'> {
  readonly sites: number
  /** Sites that drop out after they have dealt their shares, which is what costs the coordinator most. */
  readonly drops: number
}

export interface SumFigures {
  /** CPU seconds of one site, in the mean of those that stayed. */
  readonly site: number
  /** CPU seconds of the coordinator, and those of it after the last share has come. */
  readonly coordinator: number
  readonly reveal: number
  /** What one site that stayed sends and receives, in bytes of content. */
  readonly sent: number
  readonly received: number
}

/** Runs one sum and checks that it is right. */
export function measureSum(task: SumTask, { agreement, identities }: PreparedSum): SumFigures {
  const { sites, words, drops } = task
  const spent = { site: 0, coordinator: 0, reveal: 0 }
  const [watched, traffic] = [sites - 1, { sent: 0, received: 0 }]
  const { coordinator, sum } = runRound({
    agreement,
    policy: { minimumSites: 2, minimumThreshold: 0.5, colluders: 0 },
    identities,
    seed: (site) => seedFor(site, 2),
    answer: (site) => new Uint32Array(words).fill(site),
    drops: new Map(Array.from({ length: drops }, (_, site) => [site, 'masked'])),
    onSent: (site, message) => (traffic.sent += site === watched ? bytesOf(message) : 0),
    deliver: (site, message) => {
      traffic.received += site === watched ? bytesOf(message) : 0
      return message
    },
    meter: (part, work) => {
      const began = cpuSeconds()
      const result = work()
      spent[part] += cpuSeconds() - began
      return result
    },
  })
  const total = ((sites - 1) * sites - (drops - 1) * drops) / 2 // drops + ... + sites - 1
  if (coordinator.step !== 'complete' || sum?.[words - 1] !== total % 2 ** 32)
    throw new Error(`The sum of ${sites} sites is ${sum?.[words - 1]} instead of ${total}.`)
  const stayed = sites - drops
  return {
    site: spent.site / stayed,
    coordinator: spent.coordinator + spent.reveal,
    reveal: spent.reveal,
    ...traffic,
  }
}

/** Everything about a sum that is there before it begins. */
export interface PreparedSum {
  readonly agreement: Agreement
  readonly identities: readonly OwnIdentity[]
}

export function prepareSum({ sites, ...terms }: SumTask): PreparedSum {
  const identities = Array.from({ length: sites }, (_, site) => identityOf(seedFor(site, 1)))
  const roster = identities.map(({ publicKey }) => publicKey)
  const { threshold, degree, words } = terms
  const context = contextOf(new Uint8Array(1))
  return { identities, agreement: agree({ context, query: '', roster, threshold, degree, words }) }
}

export interface MaskFigures {
  readonly client: number
  readonly coordinator: number
}

/**
 * CPU seconds of the masks alone: those a site puts on its answer, those the coordinator takes off the sum. Each is
 * done again and again for about `seconds`.
 */
export function measureMasks({ sites, drops, words }: SumTask, seconds: number): MaskFigures {
  const seeds = Array.from({ length: sites }, (_, site) => seedFor(site, 3))
  const survivors = seeds.slice(drops)
  const vector = new Uint32Array(words)
  const apply = (those: readonly Uint8Array[]): void =>
    those.forEach((seed, i) => (i % 2 ? addMask : subtractMask)(vector, seed))
  return {
    client: meanOf(() => apply(seeds), seconds),
    coordinator: meanOf(() => {
      for (let time = 0; time <= drops; time++) apply(survivors)
    }, seconds),
  }
}

function meanOf(work: () => void, seconds: number): number {
  const began = cpuSeconds()
  for (let times = 1; ; times++) {
    work()
    const spent = cpuSeconds() - began
    if (spent >= seconds) return spent / times
  }
}

/** CPU seconds of adding up as many plain vectors. */
export function measurePlainSum(vectors: readonly Uint32Array[], seconds: number): number {
  return meanOf(() => {
    const sum = new Uint32Array(vectors[0]!.length)
    for (const words of vectors) {
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (words[i] as number)
    }
  }, seconds)
}

export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function seedFor(site: number, purpose: number): Uint8Array {
  const seed = new Uint8Array(32).fill(purpose)
  new DataView(seed.buffer).setUint32(0, site)
  return seed
}

/** The arrays in a message, and four bytes for each site that it names. */
function bytesOf(value: FromSite | ToSite | object | string | number): number {
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value === 'number') return 4
  if (typeof value === 'string') return 0
  return Object.values(value).reduce((sum: number, part) => sum + bytesOf(part as object), 0)
}
