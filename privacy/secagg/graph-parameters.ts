/**
 * How many neighbours, and how many of their shares unmask: the smallest even degree at which a random graph is
 * safe but for one chance in 2^40 and completes but for one in 2^20. The bounds are those of Bell et al. (2020),
 * theorem 3.10 and section 4, in the form that google-parfait/federated-compute computes them
 * (`graph_parameter_finder.cc`), whose parameters are among the tests.
 *
 * Sites are corrupt, or drop out, in given fractions, and are neighbours at random. So the number of corrupt
 * neighbours of a site is hypergeometric, and so is that of surviving ones. Three things must hold, for all n
 * sites together:
 *
 * 1. What is left of the graph without the corrupt and the dropped is connected: else a component's sum leaks.
 *    A Harary graph falls apart only where degree / 2 sites in a row are gone at two places.
 * 2. A threshold t exceeds the corrupt neighbours; facing a server that lies (semi-malicious: honest only while
 *    keys are exchanged), 2 t exceeds all neighbours plus the corrupt, so that no two sets of t share only them.
 * 3. At least t neighbours survive.
 */
import { PrivacyError } from '../errors.ts'

export interface GraphAssumptions {
  readonly sites: number
  /** Fractions of the roster in [0, 1): sites that tell the coordinator all they know, sites that fail. */
  readonly corrupt: number
  readonly dropout: number
  /** The coordinator follows the protocol and looks, or lies once the keys are exchanged. */
  readonly server: 'curious' | 'semi-malicious'
}

export interface GraphParameters {
  readonly degree: number
  readonly threshold: number
}

/** Below this, everyone is everyone's neighbour: it costs little and assumes less. */
export const COMPLETE_BELOW = 100

const SECURITY_BITS = 40
const FAILURE_BITS = 20

/** t of n with the complete graph: floor(2 n / 3) + 1, so that up to 2 t - n - 1 colluding sites learn nothing. */
export const majorityThreshold = (sites: number): number => Math.floor((2 * sites) / 3) + 1

/** Against a lying server: everyone below `COMPLETE_BELOW` sites, or where no sparse graph is safe. */
export function chooseGraph(assumptions: Omit<GraphAssumptions, 'server'>): GraphParameters {
  const { sites } = assumptions
  const sparse =
    sites < COMPLETE_BELOW ? undefined : findSparseGraph({ ...assumptions, server: 'semi-malicious' })
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
  if (logDisconnected(sites, degree, corrupted + dropped) >= event) return undefined
  const corruptNeighbours = atMost(sites, corrupted, degree, event - Math.log(sites))
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
