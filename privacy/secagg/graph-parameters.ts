/**
 * How many neighbours, and how many of their shares unmask: the smallest even degree that is safe, and that completes
 * but for one chance in 2^20. Sites are corrupt, or drop out, in given fractions. What has to hold depends on how far
 * the coordinator is believed.
 *
 * Facing one that is *curious*, or *semi-malicious* (honest while keys are exchanged, and in what draws the circle),
 * neighbours are random, so the number of a site's corrupt neighbours is hypergeometric, and so is that of surviving
 * ones. The bounds are those of Bell et al. (2020), theorem 3.10 and section 4, in the form that
 * google-parfait/federated-compute computes them (`graph_parameter_finder.cc`), whose parameters are among the tests.
 * Three things must hold, for all n sites together, the first two but for one chance in 2^40:
 *
 * 1. What is left of the graph without the corrupt and the dropped is connected: else a component's sum leaks.
 *    A Harary graph falls apart only where degree / 2 sites in a row are gone at two places.
 * 2. A threshold t exceeds the corrupt neighbours; facing a server that lies (semi-malicious), 2 t exceeds all
 *    neighbours plus the corrupt, so that no two sets of t share only them.
 * 3. At least t neighbours survive.
 *
 * A *malicious* coordinator lies from the start, and may have tried circles until one suited it, and one in 2^40
 * can be found. So nothing is left to chance but 3. Its c corrupt sites may all be next to one victim, 2 t exceeds the
 * degree plus all c, and the whole roster signs one list L of survivors (a quorum of q, 2 q > n + c). Then whatever the
 * circle and whoever drops, the sum of all honest sites in L can be had, and no other. In short:
 *
 *    Let S be the honest sites that unmask, all under L, and A those whose answers add up to a sum that the coordinator
 *    can bare. Of nobody both secrets are given, for that takes two sets of t; so an honest neighbour in L of one in
 *    both A and S, whose mask it wears, is in A. If nobody were in both, the t neighbours that one of A exchanged masks
 *    with and the t that gave shares of its own mask would have only the corrupt in common: too many for its neighbours.
 *    Now go round the circle. A gap in "A and S" that reaches beyond all their neighbours has two ends, and at either the
 *    last site has only half its neighbours, and the corrupt among the others, to give t shares: t - degree / 2
 *    corrupt at each end, more than c together. So there is no such gap; all of L are neighbours, and in A.
 */
import { PrivacyError } from '../errors.ts'

export interface GraphAssumptions {
  readonly sites: number
  /** Fractions of the roster in [0, 1): sites that tell the coordinator all they know, sites that fail. */
  readonly corrupt: number
  readonly dropout: number
  /** The coordinator follows the protocol and looks, lies once the keys are exchanged, or lies as it likes. */
  readonly server: 'curious' | 'semi-malicious' | 'malicious'
}

export interface GraphParameters {
  readonly degree: number
  readonly threshold: number
}

/** Up to so many sites everyone is everyone's neighbour: it costs little, and a third may drop out. */
export const COMPLETE_UP_TO = 100

const SECURITY_BITS = 40
const FAILURE_BITS = 20

/** t of n with the complete graph: floor(2 n / 3) + 1, so that up to 2 t - n - 1 colluding sites learn nothing. */
export const majorityThreshold = (sites: number): number => Math.floor((2 * sites) / 3) + 1

/** Against a coordinator that lies: everyone up to `COMPLETE_UP_TO` sites, or where no sparse graph is safe. */
export function chooseGraph(assumptions: Omit<GraphAssumptions, 'server'>): GraphParameters {
  const { sites } = assumptions
  const sparse = sites > COMPLETE_UP_TO ? findSparseGraph({ ...assumptions, server: 'malicious' }) : undefined
  return sparse ?? { degree: sites - 1, threshold: majorityThreshold(sites) }
}

/** The smallest sparse graph that the assumptions allow, if one does. Throws `SECAGG_AGREEMENT_INVALID` for fractions outside [0, 1). */
export function findSparseGraph(assumptions: GraphAssumptions): GraphParameters | undefined {
  const { sites, corrupt, dropout } = assumptions
  if (!(corrupt >= 0 && corrupt < 1 && dropout >= 0 && dropout < 1))
    throw new PrivacyError(
      'SECAGG_AGREEMENT_INVALID',
      'Corruption and dropout are fractions from 0 to below 1.',
    )
  for (let degree = 2; degree < sites - 1; degree += 2) {
    const threshold = thresholdFor(degree, assumptions)
    if (threshold !== undefined) return { degree, threshold }
  }
  return undefined
}

function thresholdFor(
  degree: number,
  { sites, corrupt, dropout, server }: GraphAssumptions,
): number | undefined {
  // 1e-14 of slack: 0.3 of 10 sites is 3, whatever floating point makes of it.
  const corrupted = Math.floor((corrupt + 1e-14) * sites)
  const dropped = Math.floor((dropout + 1e-14) * sites)
  const event = -(SECURITY_BITS + 1) * Math.LN2 // safety is divided evenly between 1 and 2
  const chosen = server === 'malicious'
  if (!chosen && logDisconnected(sites, degree, corrupted + dropped) >= event) return undefined
  const corruptNeighbours = chosen ? corrupted : atMost(sites, corrupted, degree, event - Math.log(sites))
  const droppedNeighbours = atMost(sites, dropped, degree, -FAILURE_BITS * Math.LN2 - Math.log(sites))
  // Half of degree plus the corrupt, and above it: 2 t >= degree + corrupt + 1.
  const floor = server === 'curious' ? corruptNeighbours : Math.floor((degree + corruptNeighbours) / 2)
  const threshold = Math.max(floor + 1, 2)
  return threshold <= degree - droppedNeighbours ? threshold : undefined
}

/** Log of a union bound on the chance that `gone` random sites include two runs of degree / 2 in the circle. */
function logDisconnected(sites: number, degree: number, gone: number): number {
  if (degree > gone) return -Infinity
  const places = Math.log(sites) + Math.log(sites - degree - 1) - Math.LN2
  return (
    places +
    logFactorial(gone) +
    logFactorial(sites - degree) -
    logFactorial(sites) -
    logFactorial(gone - degree)
  )
}

/** The least k that the marked among `drawn` of `sites`, `marked` of which are marked, exceed with at most this log chance. */
function atMost(sites: number, marked: number, drawn: number, logChance: number): number {
  let tail = -Infinity
  for (let k = Math.min(marked, drawn); k > 0; k--) {
    const chance = logChoose(marked, k) + logChoose(sites - marked, drawn - k) - logChoose(sites, drawn)
    tail = logAdd(tail, chance)
    if (tail > logChance) return k
  }
  return 0
}

const logAdd = (a: number, b: number): number => {
  const [high, low] = a > b ? [a, b] : [b, a]
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high))
}

const logChoose = (n: number, k: number): number =>
  k < 0 || k > n ? -Infinity : logFactorial(n) - logFactorial(k) - logFactorial(n - k)

/** Sums up to 256, beyond that Stirling's series, exact to about 1e-13. */
function logFactorial(n: number): number {
  if (n < SMALL.length) return SMALL[n]!
  const x = n + 1
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3)
}

const SMALL = [0]
for (let n = 1; n < 256; n++) SMALL.push(SMALL[n - 1]! + Math.log(n))
