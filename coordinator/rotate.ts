/**
 * Giving the coordinator another key, while it is stopped: `collegium coordinator rotate-key`.
 *
 * The new key is on disk before the journal knows it; the rotation and a checkpoint by the new key are one append; the
 * new key takes the old one's place last. Interrupted anywhere, it is finished by doing it again, and until then
 * the coordinator does not start. Sites learn of it when they next say hello.
 */
import path from 'node:path'
import { rotateCoordinator } from '#federation/decide-coordinator-key.ts'
import { rotateKey } from '#federation/key-rotation.ts'
import type { Clock, Logger, SecureRandom } from '#federation/ports.ts'
import { ready } from '#privacy/crypto.ts'
import { createIdentity, fingerprint } from '#privacy/identity.ts'
import { plainKeys, readKeyFile, type KeyFileAccess } from '#store/key-file.ts'
import { openLmdbJournal } from '#store/lmdb-journal.ts'
import { pendingKey } from '#store/pending-key.ts'
import { attestWith } from './checkpoints.ts'
import { openCore, type Attest } from './core.ts'
import { folderFiles } from './folder.ts'

export interface RotateOptions {
  readonly clock: Clock
  readonly random: SecureRandom
  readonly log: Logger
  /** The new key file is locked by what this gives, or else as the old one was. */
  readonly keys?: KeyFileAccess
}

/**
 * Resolves with the fingerprint of the new key. Rejects with `STORE_IN_USE` while the coordinator runs, `RUN_ACTIVE`
 * while a run is under way in its journal, `CONFIG_INVALID` before it has ever started, and with the codes of key files.
 */
export async function rotateCoordinatorKey(
  dir: string,
  { clock, random, log, keys = plainKeys }: RotateOptions,
): Promise<{ fingerprint: string }> {
  await ready
  const keyFile = path.join(dir, folderFiles.key)
  const { identity, passphrase } = await readKeyFile(keyFile, keys)
  const journal = await openLmdbJournal(path.join(dir, folderFiles.journal))
  try {
    const pending = pendingKey(keyFile, keys)
    let next = createIdentity(random)
    const attest: Attest = (...about) => attestWith(next)(...about)
    const core = await openCore({ journal, clock, log, attest, onFailure: () => Promise.resolve() })
    const federation = core.state().founded?.federation ?? ''
    // What is refused is refused before anything is written.
    if (!pending.exists()) rotateCoordinator(core.state(), rotateKey(identity, next, federation))
    next = await pending.keep(() => next, random, passphrase)
    await core.commit((state) => rotateCoordinator(state, rotateKey(identity, next, federation)))
    await core.close()
    await pending.adopt()
    return { fingerprint: fingerprint(next.publicKey) }
  } finally {
    await journal.close()
  }
}
