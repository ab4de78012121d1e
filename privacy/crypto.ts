/**
 * The one door to libsodium: hashes and signatures, in the forms the product uses.
 *
 * Hashes are BLAKE2b-256 (RFC 7693), keys and signatures Ed25519 (RFC 8032). Every signature covers
 * `domain || 0x00 || message`, so that bytes signed for one purpose never pass for another. Await `ready`
 * once, at start, before anything else here.
 */
import sodium, { ready as compiled } from 'libsodium-wrappers'

/** Resolves when libsodium's WebAssembly is compiled. */
export const ready: Promise<void> = compiled

const HASH_BYTES = 32

/** BLAKE2b-256 as lowercase hex; text is hashed as UTF-8. */
export function hash(message: Uint8Array | string): string {
  return bytesToHex(sodium.crypto_generichash(HASH_BYTES, message, null))
}

export interface KeyPair {
  readonly publicKey: Uint8Array
  readonly secretKey: Uint8Array
}

/** The Ed25519 key pair of a 32-byte seed. */
export function keyPairOf(seed: Uint8Array): KeyPair {
  const { publicKey, privateKey } = sodium.crypto_sign_seed_keypair(seed)
  return { publicKey, secretKey: privateKey }
}

export function signDetached(secretKey: Uint8Array, domain: string, message: Uint8Array): Uint8Array {
  return sodium.crypto_sign_detached(inDomain(domain, message), secretKey)
}

/** False for a wrong signature, and for keys or signatures that are not even of the right form. */
export function verifyDetached(
  publicKey: Uint8Array,
  domain: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return sodium.crypto_sign_verify_detached(signature, inDomain(domain, message), publicKey)
  } catch {
    return false // libsodium throws on wrong lengths
  }
}

export function bytesToHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** The bytes of an even number of hex digits; the caller has checked the form. */
export function hexToBytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

function inDomain(domain: string, message: Uint8Array): Uint8Array {
  const prefix = new TextEncoder().encode(`${domain}\0`)
  const joined = new Uint8Array(prefix.length + message.length)
  joined.set(prefix)
  joined.set(message, prefix.length)
  return joined
}
