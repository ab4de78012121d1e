/**
 * Key files: an identity's secret at rest, in plain or locked with a passphrase.
 *
 * A locked file is one XChaCha20-Poly1305 box around the seed. Its key comes from the passphrase by Argon2id
 * (RFC 9106), whose cost in memory is what makes guessing dear. Everything else in the file (version, cost,
 * salt, public key) is the box's associated data: whoever changes a word of it gets no key out, and whoever
 * tries a wrong passphrase cannot be told from them.
 *
 * A plain file is guarded by the file system alone. Either way the text is a secret: its owner alone may read it.
 */
import {
  bytesToHex,
  hexToBytes,
  NONCE_BYTES,
  passphraseKey,
  SALT_BYTES,
  seal,
  unseal,
  type PassphraseCost,
} from './crypto.ts'
import { PrivacyError } from './errors.ts'
import { identityOf, type OwnIdentity } from './identity.ts'

/** Three passes over 256 MiB: about a second for its owner, and for a guesser each time. */
export const usualCost: PassphraseCost = { passes: 3, memoryBytes: 256 * 2 ** 20 }

/** What a file may ask of the machine that opens it: no file decides to fill its memory. */
const MOST_PASSES = 10
const MOST_MEMORY = 2 ** 30

export interface KeyLock {
  readonly passphrase: string
  readonly random: (length: number) => Uint8Array
  /** Default: `usualCost`. */
  readonly cost?: PassphraseCost
}

/** The key file's text, locked if a lock is given. */
export async function serialiseIdentity(identity: OwnIdentity, lock?: KeyLock): Promise<string> {
  const { publicKey, seed } = identity
  if (!lock) return textOf({ version: 1, kind: 'ed25519', publicKey, seed: bytesToHex(seed) })
  const { passphrase, random, cost = usualCost } = lock
  const header: Header = { ...cost, salt: bytesToHex(random(SALT_BYTES)), publicKey }
  const key = await keyFor(passphrase, header)
  const sealed = bytesToHex(seal(key, seed, associatedData(header), random(NONCE_BYTES)))
  return textOf({ version: 2, kind: 'ed25519', kdf: 'argon2id13', ...header, sealed })
}

/**
 * The identity in a key file. `passphrase` is asked for only when the file is locked. Rejects with
 * `KEY_FILE_INVALID` when the text is not a key file or its two keys do not belong together,
 * `PASSPHRASE_NEEDED` when it is locked and there is no passphrase, and `PASSPHRASE_WRONG` when it does not
 * open the file, or the file was altered.
 */
export async function parseIdentity(
  text: string,
  passphrase: () => Promise<string | undefined>,
): Promise<OwnIdentity> {
  const file = parseJson(text)
  const header = headerOf(file)
  const seed = header ? await unlock(header, String(file?.['sealed']), passphrase) : plainSeed(file)
  const identity = identityOf(seed)
  if (identity.publicKey !== file?.['publicKey'])
    throw new PrivacyError('KEY_FILE_INVALID', "The key file's public key does not belong to its secret.")
  return identity
}

/** What the box around the seed vouches for. */
interface Header extends PassphraseCost {
  readonly salt: string
  readonly publicKey: string
}

function plainSeed(file: Record<string, unknown> | undefined): Uint8Array {
  if (file?.['version'] !== 1 || file['kind'] !== 'ed25519' || !isHex(file['seed'], 32)) throw damaged()
  return hexToBytes(file['seed'])
}

/** Undefined for a file that is not of the locked version; throws for one that is, and is damaged. */
function headerOf(file: Record<string, unknown> | undefined): Header | undefined {
  if (file?.['version'] !== 2) return undefined
  const { kind, kdf, passes, memoryBytes, salt, publicKey, sealed } = file
  if (
    kind !== 'ed25519' ||
    kdf !== 'argon2id13' ||
    !isWithin(passes, 1, MOST_PASSES) ||
    !isWithin(memoryBytes, 2 ** 13, MOST_MEMORY) ||
    !isHex(salt, SALT_BYTES) ||
    !isHex(publicKey, 32) ||
    !isHex(sealed, NONCE_BYTES + 32 + 16)
  )
    throw damaged()
  return { passes, memoryBytes, salt, publicKey }
}

async function unlock(
  header: Header,
  sealed: string,
  passphrase: () => Promise<string | undefined>,
): Promise<Uint8Array> {
  const given = await passphrase()
  if (given === undefined)
    throw new PrivacyError('PASSPHRASE_NEEDED', 'The key file is locked with a passphrase.')
  const seed = unseal(await keyFor(given, header), hexToBytes(sealed), associatedData(header))
  if (seed) return seed
  throw new PrivacyError(
    'PASSPHRASE_WRONG',
    'The passphrase does not open the key file, or the file was altered.',
  )
}

/** Unicode writes some passphrases in several ways; keyboards differ, the key must not (RFC 8265, 4.2). */
function keyFor(passphrase: string, { passes, memoryBytes, salt }: Header): Promise<Uint8Array> {
  return passphraseKey(passphrase.normalize('NFC'), hexToBytes(salt), { passes, memoryBytes })
}

function associatedData({ passes, memoryBytes, salt, publicKey }: Header): Uint8Array {
  const fields = ['collegium/v1/key-file', 2, 'ed25519', 'argon2id13', passes, memoryBytes, salt, publicKey]
  return new TextEncoder().encode(JSON.stringify(fields))
}

const textOf = (file: object): string => `${JSON.stringify(file, null, 2)}\n`

const damaged = () => new PrivacyError('KEY_FILE_INVALID', 'The key file is damaged or of another version.')

function isHex(value: unknown, length: number): value is string {
  return typeof value === 'string' && value.length === 2 * length && /^[0-9a-f]*$/.test(value)
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
