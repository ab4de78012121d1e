/** An Ed25519 identity: who a site or a coordinator is, for as long as its key file lasts. */
import { bytesToHex, hash, hexToBytes, keyPairOf, signDetached, verifyDetached } from './crypto.ts'
import { PrivacyError } from './errors.ts'

export interface Identity {
  /** Hex, 64 digits. */
  readonly publicKey: string
  /** BLAKE2b-256 of the public key, hex. */
  readonly keyId: string
  sign(domain: string, message: Uint8Array): Uint8Array
}

/** An identity together with the seed that its key file keeps; 32 bytes from a secure source. */
export interface OwnIdentity extends Identity {
  readonly seed: Uint8Array
}

export function createIdentity(random: (length: number) => Uint8Array): OwnIdentity {
  return identityOf(random(32))
}

export function identityOf(seed: Uint8Array): OwnIdentity {
  const { publicKey, secretKey } = keyPairOf(seed)
  return {
    seed,
    publicKey: bytesToHex(publicKey),
    keyId: keyIdOf(bytesToHex(publicKey)),
    sign: (domain, message) => signDetached(secretKey, domain, message),
  }
}

export function keyIdOf(publicKey: string): string {
  return hash(hexToBytes(publicKey))
}

/** Throws `SIGNATURE_INVALID` unless the key signed exactly these bytes for this purpose. */
export function requireSignature(
  publicKey: string,
  domain: string,
  message: Uint8Array,
  signature: Uint8Array,
): void {
  if (!verifyDetached(hexToBytes(publicKey), domain, message, signature))
    throw new PrivacyError('SIGNATURE_INVALID', 'The signature does not fit the message and the key.')
}

/** A key id for people to compare over the telephone: the first 20 bytes, in groups of four digits. */
export function fingerprint(publicKey: string): string {
  return keyIdOf(publicKey).slice(0, 40).match(/.{4}/g)?.join(' ') ?? ''
}
