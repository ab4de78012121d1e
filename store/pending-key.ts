/** The identity that is to replace the one of a key file, from before anyone is told of it until all have agreed. */
import { existsSync } from 'node:fs'
import type { SecureRandom } from '#federation/ports.ts'
import type { OwnIdentity } from '#privacy/identity.ts'
import { moveFileDurably } from './files.ts'
import { readKeyFile, writeKeyFile, type KeyFileAccess } from './key-file.ts'

export interface PendingKey {
  exists(): boolean
  /** The one kept earlier, or else `fresh`, kept first: locked if access gives a passphrase, or else with `earlier`. */
  keep(fresh: () => OwnIdentity, random: SecureRandom, earlier?: string): Promise<OwnIdentity>
  /** Puts it in the place of the present one. */
  adopt(): Promise<void>
}

/** Beside the key file, with the ending `.next`. */
export function pendingKey(keyFile: string, keys: KeyFileAccess): PendingKey {
  const next = `${keyFile}.next`
  return {
    exists: () => existsSync(next),
    async keep(fresh, random, earlier) {
      if (existsSync(next)) return (await readKeyFile(next, keys)).identity
      const identity = fresh()
      await writeKeyFile(next, identity, keys, random, earlier)
      return identity
    },
    adopt: () => moveFileDurably(next, keyFile),
  }
}
