/**
 * The one door to cryptography: hashes, signatures, key exchange, sealing and key streams, in the forms the
 * product uses.
 *
 * Hashes are BLAKE2b-256 (RFC 7693), keys and signatures Ed25519 (RFC 8032). Every signature covers
 * `domain || 0x00 || message`, so that bytes signed for one purpose never pass for another. Await `ready`
 * once, at start, before anything else here.
 *
 * All of it is libsodium but the key stream: masks are most of the work of a secure sum, and OpenSSL makes the
 * same bytes many times faster than WebAssembly does.
 */
import { createCipheriv } from 'node:crypto'
import sodium, { ready as compiled } from 'libsodium-wrappers'

/** Resolves when libsodium's WebAssembly is compiled. */
export const ready: Promise<void> = compiled

const HASH_BYTES = 32

/** BLAKE2b-256 as lowercase hex; text is hashed as UTF-8. */
export function hash(message: Uint8Array | string): string {
  return bytesToHex(sodium.crypto_generichash(HASH_BYTES, message, null))
}

/** BLAKE2b-256 of the parts in order, under a key where one is given. The caller sees to unambiguous lengths. */
export function hashBytes(parts: readonly Uint8Array[], key: Uint8Array | null = null): Uint8Array {
  return sodium.crypto_generichash(HASH_BYTES, concatBytes(parts), key)
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

/** The X25519 key pair of a 32-byte seed (libsodium `crypto_kx`). */
export function exchangeKeyPairOf(seed: Uint8Array): KeyPair {
  const { publicKey, privateKey } = sodium.crypto_kx_seed_keypair(seed)
  return { publicKey, secretKey: privateKey }
}

/** Two 32-byte keys that both ends derive; who sends by one receives by the other's. */
export interface SessionKeys {
  readonly send: Uint8Array
  readonly receive: Uint8Array
  /** Whether ours is the lower public key, which plays the client of `crypto_kx`. */
  readonly lower: boolean
}

/** Undefined for a public key of low order, of the wrong length, or equal to our own. */
export function sessionKeys(own: KeyPair, peer: Uint8Array): SessionKeys | undefined {
  const order = Buffer.compare(own.publicKey, peer)
  if (order === 0) return undefined
  const derive = order < 0 ? sodium.crypto_kx_client_session_keys : sodium.crypto_kx_server_session_keys
  try {
    const { sharedTx, sharedRx } = derive(own.publicKey, own.secretKey, peer)
    return { send: sharedTx, receive: sharedRx, lower: order < 0 }
  } catch {
    return undefined // libsodium throws when the shared point would be zero
  }
}

export const NONCE_BYTES = 24

/** XChaCha20-Poly1305: nonce, then ciphertext and tag, 40 bytes more than the message. */
export function seal(key: Uint8Array, message: Uint8Array, about: Uint8Array, nonce: Uint8Array): Uint8Array {
  const sealed = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(message, about, null, nonce, key)
  return concatBytes([nonce, sealed])
}

/** Undefined when the box was sealed by another key, about something else, or was altered. */
export function unseal(key: Uint8Array, box: Uint8Array, about: Uint8Array): Uint8Array | undefined {
  const [nonce, sealed] = [box.subarray(0, NONCE_BYTES), box.subarray(NONCE_BYTES)]
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, about, nonce, key)
  } catch {
    return undefined
  }
}

export const SALT_BYTES = 16

/** What deriving a key costs, and each guess with it. */
export interface PassphraseCost {
  readonly passes: number
  /** At least 8192. */
  readonly memoryBytes: number
}

/**
 * The 32-byte key of a passphrase: Argon2id, version 0x13, one lane (RFC 9106). The build of libsodium that has
 * it is larger, and wanted only where a key file is locked: it is loaded then.
 */
export async function passphraseKey(
  passphrase: string,
  salt: Uint8Array,
  { passes, memoryBytes }: PassphraseCost,
): Promise<Uint8Array> {
  const { default: sumo } = await import('libsodium-wrappers-sumo')
  await sumo.ready
  const algorithm = sumo.crypto_pwhash_ALG_ARGON2ID13
  return sumo.crypto_pwhash(HASH_BYTES, passphrase, salt, passes, memoryBytes, algorithm)
}

/** What one call of a key stream gives at most, in bytes. */
export const KEYSTREAM_CHUNK = 1 << 16
const STREAM_IV = Buffer.from('\0\0\0\0LibsodiumDRG', 'latin1')
const zeros = new Uint8Array(KEYSTREAM_CHUNK)

/**
 * The bytes of libsodium's `randombytes_buf_deterministic` for a 32-byte seed, in calls of at most `KEYSTREAM_CHUNK`:
 * ChaCha20 (RFC 8439) from block 0 with the nonce "LibsodiumDRG". At most 2^38 bytes for one seed.
 */
export function keystream(seed: Uint8Array): (length: number) => Buffer {
  const cipher = createCipheriv('chacha20', seed, STREAM_IV)
  return (length) => cipher.update(zeros.subarray(0, length))
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

export function bytesToHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** The bytes of an even number of hex digits; the caller has checked the form. */
export function hexToBytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

function inDomain(domain: string, message: Uint8Array): Uint8Array {
  return concatBytes([new TextEncoder().encode(`${domain}\0`), message])
}
