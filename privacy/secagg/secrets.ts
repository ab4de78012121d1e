/** What only one site knows, for one sum, in memory: from one seed, and gone when the sum is over. */
import { concatBytes, exchangeKeyPairOf, keystream, NONCE_BYTES, type KeyPair } from '../crypto.ts'
import { wordStream } from '../masks.ts'
import { splitSecret } from '../shamir.ts'
import { labelled, type Agreement } from './agreement.ts'

export interface Secrets {
  /** Gives the mask key pair; shared out, for the case that this site drops out. */
  readonly maskSeed: Uint8Array
  readonly maskPair: KeyPair
  readonly sharePair: KeyPair
  /** Gives the mask that is the site's alone; shared out, for the case that it does not. */
  readonly selfSeed: Uint8Array
  readonly dealingSeed: Uint8Array
  /** Which step these secrets may still be used for; undefined once they are wiped. */
  openFor: string | undefined
}

/** The seed is 32 bytes from a secure source, used for no other sum; the caller forgets it. */
export function secretsOf({ context }: Agreement, seed: Uint8Array, openFor: string): Secrets {
  const derive = (what: string): Uint8Array => labelled(`secret ${what}`, [context], seed)
  const maskSeed = derive('mask key')
  return {
    maskSeed,
    maskPair: exchangeKeyPairOf(maskSeed),
    sharePair: exchangeKeyPairOf(derive('share key')),
    selfSeed: derive('self mask'),
    dealingSeed: derive('dealing'),
    openFor,
  }
}

export interface Dealt {
  readonly holder: number
  /** A share of `selfSeed`, then one of `maskSeed`: 36 bytes each. */
  readonly shares: Uint8Array
  readonly nonce: Uint8Array
}

/** Both seeds in shares, one for each holder, at x = position in the roster + 1. */
export function deal(secrets: Secrets, threshold: number, holders: readonly number[]): Dealt[] {
  const nextWord = wordStream(labelled('polynomials', [], secrets.dealingSeed))
  const nextNonce = keystream(labelled('nonces', [], secrets.dealingSeed))
  const xs = holders.map((holder) => holder + 1)
  const [self, key] = [secrets.selfSeed, secrets.maskSeed].map((seed) =>
    splitSecret(seed, threshold, xs, nextWord),
  )
  return holders.map((holder, i) => ({
    holder,
    shares: concatBytes([self![i]!, key![i]!]),
    nonce: nextNonce(NONCE_BYTES),
  }))
}

/** Overwrites every secret with zeros. A state that still points here can do nothing more. */
export function wipe(secrets: Secrets): void {
  const { maskSeed, maskPair, sharePair, selfSeed, dealingSeed } = secrets
  for (const secret of [maskSeed, maskPair.secretKey, sharePair.secretKey, selfSeed, dealingSeed])
    secret.fill(0)
  secrets.openFor = undefined
}
