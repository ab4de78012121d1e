/**
 * Joining a federation: `collegium client join INVITE`.
 *
 * The order of the steps is what makes an interrupted join safe to repeat. Nothing is written before the
 * coordinator has proved its key; the site's own key is on disk before the one-time token is spent on it; the
 * membership is written last.
 */
import { parseInvite, type Invite } from '#federation/invite.ts'
import type { Clock, Logger, SecureRandom } from '#federation/ports.ts'
import { ready } from '#privacy/crypto.ts'
import { createIdentity, fingerprint, type OwnIdentity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { KeyFileAccess } from '#store/key-file.ts'
import { firstReachable, linkTo, type LinkFor } from './dial.ts'
import { enrolSite } from './enrol.ts'
import { siteFolder } from './folder.ts'

export interface JoinOptions {
  readonly dir: string
  /** The whole line that the operator sent. */
  readonly invite: string
  readonly clock: Clock
  readonly random: SecureRandom
  readonly log: Logger
  /** Opens a link to an address; by its scheme, unless given. */
  readonly linkFor?: LinkFor
  /** How the site's key file is locked; plain unless given. */
  readonly keys?: KeyFileAccess
}

export interface Joined {
  readonly site: string
  /** The federation's name. */
  readonly federation: string
  /** False while the operator has yet to approve this site. */
  readonly approved: boolean
  readonly coordinatorFingerprint: string
  readonly fingerprint: string
  readonly configFile: string
}

/**
 * Rejects with `INVITE_MALFORMED`, `LINK_UNREACHABLE`, `COORDINATOR_KEY_MISMATCH` (nothing is stored then),
 * the coordinator's own refusals, or `FEDERATION_MISMATCH` when the folder belongs to another federation.
 */
export async function joinFederation(options: JoinOptions): Promise<Joined> {
  await ready
  const { dir, clock, random, log } = options
  const invite = parseInvite(options.invite)
  const folder = siteFolder(dir, options.keys)
  requireSame(await folder.membership(), invite, dir)
  const kept = await folder.identity()
  const identity: OwnIdentity = kept ?? createIdentity(random)

  const linkFor = options.linkFor ?? linkTo
  const { addresses, federation } = invite
  const link = firstReachable(addresses.map((address) => () => linkFor(address, { federation, random, log })))
  try {
    const onTrusted = async () => {
      if (!kept) await folder.keepIdentity(identity, random)
    }
    const { approved, ...membership } = await enrolSite({ identity, invite, link, clock, onTrusted })
    await folder.keepStarterConfig()
    await folder.keepMembership({ version: 1, addresses: [...addresses], ...membership })
    return {
      site: membership.site,
      federation: membership.federationName,
      approved,
      coordinatorFingerprint: fingerprint(membership.coordinatorKey),
      fingerprint: fingerprint(identity.publicKey),
      configFile: folder.configFile,
    }
  } finally {
    await link.close()
  }
}

function requireSame(membership: { federation: string } | undefined, invite: Invite, dir: string): void {
  if (membership && membership.federation !== invite.federation)
    throw new CollegiumError(
      'FEDERATION_MISMATCH',
      `${dir} belongs to another federation; join in another folder.`,
    )
}
