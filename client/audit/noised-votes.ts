/**
 * What somebody sees of a row through the noise of a `pate` run who knows everything else.
 *
 * The noise is that of the ledger: of the n sites that add a part, t - c are sure to be in the sum and tell nobody, and
 * all else in the sum is known and taken away. Left are this site's votes under t - c parts. They are made here as
 * they leave, with the sampler and in the words of the product, so that noise which is not what was promised is
 * found out.
 *
 * A run asks about many items, and its epsilon is of all of them together. The worst it can do to one person is to ask
 * about near-copies of that person's row, item after item. So each row is looked at as often as the ledger has been
 * charged for, and the looks are averaged; each row meets an observer of its own.
 */
import type { Mechanism } from '#privacy/accounting/mechanism.ts'
import { asResidues, encodeSimplex, type Residue32 } from '#privacy/fixed-point.ts'
import { fractionAtLeast, type NextWord } from '#privacy/noise/discrete-gaussian.ts'
import { addNoise } from '#privacy/noise/distributed-noise.ts'

/** Answers under noise as a ledger has charged them; `count` is of items. */
export type VoteNoise = Extract<Mechanism, { kind: 'distributedDiscreteGaussian' }>

export interface Ballots {
  /** Of each sub-teacher: rows x classes probabilities. */
  readonly members: readonly Float64Array[]
  /** Of each row, the class whose votes are looked at. */
  readonly labels: ArrayLike<number>
  readonly classes: number
}

export interface SeenVotes {
  /** For each row the sum of the votes for its label, averaged over all looks. */
  readonly seen: Float64Array
  /** Of the noise that is left. */
  readonly variance: number
}

/** An audit draws so much noise at most; with fewer looks than were charged it proves less, and nothing false. */
const MOST_DRAWS = 2e7

/** `noises` has at least one; `nextWord` gives words that are uniform. */
export function lookThroughNoise(
  ballots: Ballots,
  noises: readonly VoteNoise[],
  nextWord: NextWord,
): SeenVotes {
  const share = MOST_DRAWS / noises.length
  const looks = noises.map((noise) => lookThrough(ballots, noise, share, nextWord))
  // Looks through less noise weigh more: by the inverse of their variance.
  const weight = looks.reduce((sum, { variance }) => sum + 1 / variance, 0)
  const seen = new Float64Array(ballots.labels.length)
  for (const look of looks)
    look.seen.forEach((votes, row) => (seen[row] = (seen[row] as number) + votes / (look.variance * weight)))
  return { seen, variance: 1 / weight }
}

function lookThrough(ballots: Ballots, noise: VoteNoise, mostDraws: number, nextWord: NextWord): SeenVotes {
  const { sites: parts, siteStdDev, l2, count } = noise
  const scale = Math.round(l2 / Math.SQRT2) // one unit moves a row of probabilities by sqrt(2)
  const votes = votesInWords(ballots, scale)
  const looks = Math.max(1, Math.min(count, Math.floor(mostDraws / (votes.length * parts))))
  const stdDev = fractionAtLeast(siteStdDev)
  const seen = new Float64Array(votes.length)
  for (let look = 0; look < looks; look++) {
    const words = asResidues(new Uint32Array(votes))
    for (let part = 0; part < parts; part++) addNoise(words, stdDev, nextWord)
    words.forEach((word, row) => (seen[row] = (seen[row] as number) + (word | 0) / (scale * looks)))
  }
  return { seen, variance: (parts * (siteStdDev / scale) ** 2) / looks }
}

/** The sum of all sub-teachers' votes for each row's label, in grid units. */
function votesInWords({ members, labels, classes }: Ballots, scale: number): Residue32 {
  const words = asResidues(new Uint32Array(labels.length))
  for (const member of members) {
    const encoded = encodeSimplex(member, classes, scale)
    for (let row = 0; row < words.length; row++)
      words[row] = (words[row] as number) + (encoded[row * classes + (labels[row] as number)] as number)
  }
  return words
}
