/**
 * What PATE's answers cost given the very votes: for study, never for the ledger.
 *
 * Where teachers agree, the noisy argmax is almost certain whatever one record says, and costs next to nothing
 * (Papernot et al. 2018, 1802.08908, theorem 6 and appendix A). But this cost depends on the private votes, and to
 * publish it would itself spend privacy. Curves are RDP at orders > 1; probabilities are logarithms.
 */
import { logAdd, logErfc, logSubtract, logSum } from './special-functions.ts'

/** ln of a bound on P[the noisy argmax is not the top class], noise N(0, stdDev^2) on each of the votes. */
export function gnMaxLogMiss(votes: readonly number[], stdDev: number): number {
  const top = votes.indexOf(Math.max(...votes))
  const most = votes[top] as number
  const misses = votes
    .filter((_, i) => i !== top)
    .map((count) => logErfc((most - count) / (2 * stdDev)) - Math.LN2)
  return Math.min(Math.log1p(-1 / votes.length), logSum(misses))
}

/** RDP of GNMax for votes whose `gnMaxLogMiss` is `logMiss`; never above the data-independent order / stdDev^2. */
export function gnMaxRdpGivenVotes(logMiss: number, stdDev: number, order: number): number {
  const independent = order / stdDev ** 2
  if (logMiss === -Infinity) return 0
  const mu2 = stdDev * Math.sqrt(-logMiss)
  const mu1 = mu2 + 1
  const [epsilon1, epsilon2] = [mu1 / stdDev ** 2, mu2 / stdDev ** 2]
  const usable =
    mu1 > order &&
    mu2 > 1 &&
    -logMiss > epsilon2 &&
    logMiss <= (mu2 - 1) * epsilon2 - mu2 * Math.log((mu1 / (mu1 - 1)) * (mu2 / (mu2 - 1)))
  if (!usable) return independent
  const hit = logSubtract(0, logMiss)
  const logA = hit - logSubtract(0, ((logMiss + epsilon2) * (mu2 - 1)) / mu2)
  const logB = epsilon1 - logMiss / (mu1 - 1)
  const cost = logAdd(hit + (order - 1) * logA, logMiss + (order - 1) * logB) / (order - 1)
  return Math.min(independent, Math.max(0, cost))
}

/** ln P[max of the votes + N(0, stdDev^2) reaches the threshold]. */
export function thresholdLogPass(votes: readonly number[], threshold: number, stdDev: number): number {
  return logErfc((threshold - Math.max(...votes)) / (stdDev * Math.SQRT2)) - Math.LN2
}

/** RDP of the test of Confident-GNMax, given ln of the probability that the votes pass. */
export function thresholdRdpGivenVotes(logPass: number, stdDev: number, order: number): number {
  const logFail = logSubtract(0, logPass)
  return gnMaxRdpGivenVotes(Math.min(logPass, logFail), stdDev * Math.SQRT2, order)
}

/** ln of a bound on P[the argmax with Laplace noise of `scale` is not the top class]. */
export function lnMaxLogMiss(votes: readonly number[], scale: number): number {
  const top = votes.indexOf(Math.max(...votes))
  const misses = votes
    .filter((_, i) => i !== top)
    .map((count) => ((votes[top] as number) - count) / scale)
    .map((gap) => Math.log((2 + gap) / 4) - gap)
  return Math.min(Math.log1p(-1 / votes.length), logSum(misses))
}

/** RDP of LNMax given the votes (Papernot et al. 2017, 1610.05755, theorem 3). */
export function lnMaxRdpGivenVotes(logMiss: number, scale: number, order: number): number {
  const epsilon = 2 / scale
  const independent = Math.min((epsilon ** 2 * order) / 2, epsilon)
  const hit = logSubtract(0, logMiss)
  // The theorem asks that q < (e^epsilon - 1) / (e^(2 epsilon) - 1) = 1 / (e^epsilon + 1).
  if (logMiss >= -Math.log1p(Math.exp(epsilon))) return independent
  const logA = hit - logSubtract(0, epsilon + logMiss)
  const cost = logAdd(hit + (order - 1) * logA, logMiss + (order - 1) * epsilon) / (order - 1)
  return Math.min(independent, Math.max(0, cost))
}
