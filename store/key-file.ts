/** Key files on disk, and where their passphrases come from. */
import { parseIdentity, serialiseIdentity, type KeyLock } from '#privacy/key-file.ts'
import type { OwnIdentity } from '#privacy/identity.ts'
import type { SecureRandom } from '#federation/ports.ts'
import { CollegiumError, describeError, errorCodeOf } from '#proto/errors.ts'
import { readText, writeFileDurably } from './files.ts'

/** What whoever started this process gives for its key files. */
export interface KeyFileAccess {
  /** Asked for when a file turns out to be locked. */
  readonly toOpen: () => Promise<string | undefined>
  /** What to lock a new file with; undefined leaves it plain. */
  readonly toLock: () => Promise<string | undefined>
  /** Told of a file that is read or written in plain. */
  readonly onPlain?: (file: string) => void
  /** Of locking; the usual one unless given. */
  readonly cost?: KeyLock['cost']
}

/** Opens and writes plain key files only. */
export const plainKeys: KeyFileAccess = {
  toOpen: () => Promise.resolve(undefined),
  toLock: () => Promise.resolve(undefined),
}

export interface OpenedKey {
  readonly identity: OwnIdentity
  /** What opened it; undefined for a plain file. */
  readonly passphrase: string | undefined
}

/** Rejects with `KEY_FILE_INVALID`, `PASSPHRASE_NEEDED` or `PASSPHRASE_WRONG`, naming the file. */
export async function readKeyFile(file: string, { toOpen, onPlain }: KeyFileAccess): Promise<OpenedKey> {
  const text = await readText(file, 'KEY_FILE_INVALID')
  let passphrase: string | undefined
  try {
    const identity = await parseIdentity(text, async () => (passphrase = await toOpen()))
    if (passphrase === undefined) onPlain?.(file)
    return { identity, passphrase }
  } catch (cause) {
    const code = errorCodeOf(cause)
    if (code === undefined) throw cause
    throw new CollegiumError(code, `${file}: ${describeError(cause).message}`, { cause })
  }
}

/** Writes it for the owner's eyes, locked if `access` gives a passphrase, or else with `earlier`. */
export async function writeKeyFile(
  file: string,
  identity: OwnIdentity,
  { toLock, onPlain, cost }: KeyFileAccess,
  random: SecureRandom,
  earlier?: string,
): Promise<void> {
  const passphrase = (await toLock()) ?? earlier
  if (passphrase === undefined) onPlain?.(file)
  const lock = passphrase === undefined ? undefined : { passphrase, random, ...(cost && { cost }) }
  await writeFileDurably(file, await serialiseIdentity(identity, lock), { mode: 0o600 })
}

/** Writes a key file anew under the passphrase that `access` gives; without one rejects with `PASSPHRASE_NEEDED`. */
export async function lockKeyFile(file: string, access: KeyFileAccess, random: SecureRandom): Promise<void> {
  const { identity } = await readKeyFile(file, access)
  const passphrase = await access.toLock()
  if (passphrase === undefined)
    throw new CollegiumError(
      'PASSPHRASE_NEEDED',
      'A key file is locked with a passphrase, and none was given.',
    )
  await writeKeyFile(file, identity, { ...access, toLock: () => Promise.resolve(passphrase) }, random)
}
