/**
 * Votes: each teacher, and each sub-teacher of a site that has some, gives one vote to the class it holds likeliest.
 *
 * With sub-teachers this is PATE (Papernot et al. 2018, 1802.08908), but for where the noise goes. GNMax adds it to a
 * histogram that somebody trusted holds, and shows the winner. Nobody is trusted here, so the noise is in the sum
 * already and whoever sees anything sees the whole noisy histogram. What that costs is the Gaussian mechanism's price:
 * one unit's rows reach one sub-teacher at most, whose vote then goes elsewhere; two counts move by one, sqrt(2) in
 * L2, and at order alpha that is alpha (sqrt 2)^2 / (2 sigma^2) = alpha / sigma^2 (Mironov 2017, proposition 7). GNMax's
 * price for votes of any kind is the very same alpha / sigma^2 (its proposition 8): there the histogram comes
 * free. What GNMax saves beyond that depends on how the votes fell, which itself is private; the ledger counts on none
 * of it. Nor do votes cost less than probabilities, whose rows move by sqrt(2) as well.
 *
 * So why vote? A vote is a whole number, exact at any scale, and says less about a teacher than a row of probabilities
 * when no noise protects it. A teacher that is very sure and wrong has one vote like any other. What is lost is doubt:
 * two classes at .51 and .49 are a vote for the first.
 */
import { oneHotOfFirst } from '../decided.ts'
import { probabilities } from './predictions.ts'
import type { ShareKind } from './kind.ts'

/** A one in each row and else zeros: probabilities of a teacher without doubts. Temperature changes no vote. */
export const votes = {
  ...probabilities,
  compute: ({ logits, classes }) => oneHotOfFirst(logits, classes, Float64Array),
} as const satisfies ShareKind
