/**
 * From masked answers to their sum: what is left on it comes off, seed by seed.
 *
 * Of a survivor that is the mask of its own, whose seed its shares give. Of a site that dropped out after dealing
 * shares it is the masks that its surviving neighbours put on for it; its mask key pair gives them all. The work is
 * one mask for each survivor and one for each pair of a dropped site and a surviving neighbour.
 */
import { exchangeKeyPairOf } from '../crypto.ts'
import { PrivacyError } from '../errors.ts'
import { asResidues, type Residue32 } from '../fixed-point.ts'
import { addMask, subtractMask } from '../masks.ts'
import { recoverSecret } from '../shamir.ts'
import { sharesOf, type CoordinatorSum } from './coordinator.ts'
import { pairSeed } from './keys.ts'
import { has, membersOf } from './roster-set.ts'

export interface MaskedAnswer {
  readonly site: number
  readonly words: Uint32Array
}

/**
 * The sum of the survivors' answers, each given once, in any order. Throws `SECAGG_TOO_FEW` unless the sum is
 * complete and enough shares have come, `SECAGG_SHARE_WRONG` where shares do not give the secret,
 * `SECAGG_SURVIVORS_INVALID` and `SHARE_LENGTH` for other answers than the survivors'.
 */
export function revealSum(state: CoordinatorSum, answers: Iterable<MaskedAnswer>): Residue32 {
  const { agreement, dealers, survivors } = state
  if (state.step !== 'complete' || !dealers || !survivors)
    throw new PrivacyError('SECAGG_TOO_FEW', 'Too few sites have unmasked the sum.')
  const sum = addUp(state, answers)
  const sites = agreement.roster.length
  const [alive, dropped] = [true, false].map((survived) =>
    membersOf(dealers, sites).filter((site) => has(survivors, site) === survived),
  )
  for (const site of alive!) subtractMask(sum, seedOf(state, site))
  for (const site of dropped!) takeOffPairs(sum, state, site)
  return asResidues(sum)
}

function addUp({ agreement, survivors }: CoordinatorSum, answers: Iterable<MaskedAnswer>): Uint32Array {
  const sum = new Uint32Array(agreement.words)
  const due = new Set(membersOf(survivors!, agreement.roster.length))
  for (const { site, words } of answers) {
    if (!due.delete(site))
      throw new PrivacyError(
        'SECAGG_SURVIVORS_INVALID',
        `The answer of site ${site} does not belong in the sum, or not twice.`,
      )
    if (words.length !== sum.length)
      throw new PrivacyError(
        'SHARE_LENGTH',
        `The answer of site ${site} has ${words.length} words instead of ${sum.length}.`,
      )
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (words[i] as number)
  }
  if (due.size > 0)
    throw new PrivacyError('SECAGG_SURVIVORS_INVALID', `The answers of ${due.size} survivors are missing.`)
  return sum
}

function takeOffPairs(sum: Uint32Array, state: CoordinatorSum, dropped: number): void {
  const { agreement, keys, view, survivors } = state
  const pair = exchangeKeyPairOf(seedOf(state, dropped))
  if (Buffer.compare(pair.publicKey, keys[dropped]!.maskKey) !== 0)
    throw new PrivacyError('SECAGG_SHARE_WRONG', `The shares of site ${dropped}'s mask key give another key.`)
  for (const peer of agreement.graph.neighbours(dropped)) {
    if (!has(survivors!, peer)) continue
    const seed = pairSeed(pair, keys[peer]!, view!)
    // The lower site of a pair had added the mask.
    if (peer < dropped) subtractMask(sum, seed)
    else addMask(sum, seed)
  }
}

/** Of the secret that this site's shares are of. */
function seedOf(state: CoordinatorSum, site: number): Uint8Array {
  const shares = sharesOf(state, site).slice(0, state.agreement.threshold)
  if (shares.length < state.agreement.threshold)
    throw new PrivacyError('SECAGG_TOO_FEW', `Only ${shares.length} shares of site ${site} have come.`)
  return recoverSecret(shares, 32)
}
