/**
 * Giving a site another key: `collegium client rotate-key`.
 *
 * The order of the steps is what makes an interrupted rotation safe to repeat. The new key is on disk before
 * the coordinator is told of it; the site's journal follows the coordinator's; the new key takes the old one's
 * place last. Repeated, it first asks the coordinator whether it knows the new key already.
 */
import { rotateKey, toSend, type KeyRotation } from '#federation/key-rotation.ts'
import type { Clock, Logger, SecureRandom, SiteLink } from '#federation/ports.ts'
import { recordRotation } from '#federation/site-decide.ts'
import { ready } from '#privacy/crypto.ts'
import { createIdentity, fingerprint, keyIdOf, type Identity } from '#privacy/identity.ts'
import type { KeyFileAccess } from '#store/key-file.ts'
import { openLmdbJournal } from '#store/lmdb-journal.ts'
import { openSiteCore } from './core.ts'
import { firstReachable, linkTo, type LinkFor } from './dial.ts'
import { requireJoined, siteFolder } from './folder.ts'
import { createSession } from './session.ts'

export interface RotateOptions {
  readonly clock: Clock
  readonly random: SecureRandom
  readonly log: Logger
  readonly linkFor?: LinkFor
  /** The new key file is locked by what this gives, or else as the old one was. */
  readonly keys?: KeyFileAccess
}

export interface Rotated {
  readonly site: string
  readonly fingerprint: string
}

/**
 * Rejects as starting the site does (`STORE_IN_USE` while it runs), with `LINK_UNREACHABLE`, and with the
 * coordinator's refusals: `SITE_UNKNOWN`, `SITE_REVOKED`, `SITE_EXISTS`, `KEY_REVOKED`.
 */
export async function rotateSiteKey(dir: string, options: RotateOptions): Promise<Rotated> {
  await ready
  const { clock, random, log, linkFor = linkTo } = options
  const folder = siteFolder(dir, options.keys)
  const { identity, membership } = await requireJoined(folder, dir)
  const { federation, addresses, site } = membership
  const journal = await openLmdbJournal(folder.journal)
  try {
    const core = await openSiteCore(journal, clock)
    const next = await folder.rotation.keep(() => createIdentity(random), random)
    const rotation = rotateKey(identity, next, federation)
    recordRotation(core.state(), rotation) // a journal of another key stops here, before anyone is told
    const dial = addresses.map((address) => () => linkFor(address, { federation, random, log }))
    const link = firstReachable(dial)
    try {
      await link.open({ onPush: () => undefined, onState: () => undefined })
      const coordinatorKey = core.state().joined?.coordinatorKey ?? membership.coordinatorKey
      await agree({ link, federation, coordinatorKey, clock }, identity, next, rotation)
    } finally {
      await link.close()
    }
    await core.commit((state) => recordRotation(state, rotation))
    await folder.rotation.adopt()
    return { site, fingerprint: fingerprint(next.publicKey) }
  } finally {
    await journal.close()
  }
}

/** Resolves once the coordinator knows the site by the new key. */
async function agree(
  { coordinatorKey, ...place }: { link: SiteLink; federation: string; coordinatorKey: string; clock: Clock },
  old: Identity,
  next: Identity,
  rotation: KeyRotation,
): Promise<void> {
  const sessionOf = (identity: Identity) =>
    createSession({ ...place, identity, coordinatorKeyId: keyIdOf(coordinatorKey) })
  const { enrolment } = await sessionOf(next).hello()
  if (enrolment !== 'unknown') return // it agreed before, and only its reply was lost
  const session = sessionOf(old)
  await session.hello()
  const { publicKey, signatureByOld, signatureByNew } = toSend(rotation)
  await session.request({ kind: 'keyRotation', publicKey, signatureByOld, signatureByNew })
}
