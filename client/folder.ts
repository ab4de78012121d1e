/**
 * A site's folder, and what `join` and `start` keep there:
 *
 *     site.yaml     data, teacher and policy; the site's own people edit it
 *     site.key      the Ed25519 identity, for the owner's eyes (0600), locked if there was a passphrase
 *     site.key.next the identity that a key rotation under way will put in its place
 *     site.json     which federation this site belongs to, and where its coordinator is
 *     journal/      what this site has said; blobs/ the bytes it said, and what it fetched
 *     approvals/    the questions that somebody has approved by hand, each an empty file
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { hex32Schema, siteIdSchema, type QuestionId } from '#federation/ids.ts'
import type { SecureRandom } from '#federation/ports.ts'
import type { OwnIdentity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import { ensureFolder, readJson, readText, writeFileDurably } from '#store/files.ts'
import { plainKeys, readKeyFile, writeKeyFile, type KeyFileAccess, type OpenedKey } from '#store/key-file.ts'
import { pendingKey, type PendingKey } from '#store/pending-key.ts'
import { parseSiteConfig, type SiteConfig } from './config.ts'
import { starterConfig } from './starter-config.ts'

const membershipSchema = z.strictObject({
  version: z.literal(1),
  federation: hex32Schema,
  federationName: z.string(),
  coordinatorKey: hex32Schema,
  /** http(s):// for sockets, nats:// for a broker; tried in order. */
  addresses: z.array(z.string()).min(1),
  site: siteIdSchema,
})
export type StoredMembership = z.infer<typeof membershipSchema>

export interface SiteFolder {
  readonly configFile: string
  readonly journal: string
  readonly blobs: string
  /** Undefined before the first `join`; rejects with `KEY_FILE_INVALID`, `PASSPHRASE_NEEDED` or `PASSPHRASE_WRONG`. */
  identity(): Promise<OwnIdentity | undefined>
  keepIdentity(identity: OwnIdentity, random: SecureRandom): Promise<void>
  /** Its `keep` locks the new key as the present one is. */
  readonly rotation: PendingKey
  /** Undefined before `join` has finished; rejects with `CONFIG_INVALID`. */
  membership(): Promise<StoredMembership | undefined>
  keepMembership(membership: StoredMembership): Promise<void>
  /** Rejects with `CONFIG_UNREADABLE` or `CONFIG_INVALID`. */
  config(): Promise<SiteConfig>
  /** Whether somebody has approved a question. */
  isApproved(question: QuestionId): Promise<boolean>
  approve(question: QuestionId): Promise<void>
  /** Writes a commented site.yaml, unless there is one. */
  keepStarterConfig(): Promise<void>
}

export function siteFolder(dir: string, keys: KeyFileAccess = plainKeys): SiteFolder {
  const inDir = (name: string) => path.resolve(dir, name)
  const [keyFile, memberFile, configFile] = ['site.key', 'site.json', 'site.yaml'].map(inDir) as [
    string,
    string,
    string,
  ]
  const approval = (question: QuestionId) => path.join(inDir('approvals'), hex32Schema.parse(question))
  const pending = pendingKey(keyFile, keys)
  let opened: OpenedKey | undefined
  return {
    configFile,
    journal: inDir('journal'),
    blobs: inDir('blobs'),
    async identity() {
      if (!existsSync(keyFile)) return undefined
      opened ??= await readKeyFile(keyFile, keys)
      return opened.identity
    },
    async keepIdentity(identity, random) {
      await ensureFolder(dir, 0o700)
      await writeKeyFile(keyFile, identity, keys, random)
    },
    rotation: {
      ...pending,
      keep: (fresh, random) => pending.keep(fresh, random, opened?.passphrase),
    },
    async membership() {
      return existsSync(memberFile) ? readJson(memberFile, membershipSchema) : undefined
    },
    keepMembership: (membership) => writeFileDurably(memberFile, `${JSON.stringify(membership, null, 2)}\n`),
    config: async () => parseSiteConfig(await readText(configFile), path.resolve(dir)),
    isApproved: (question) => Promise.resolve(existsSync(approval(question))),
    async approve(question) {
      await ensureFolder(inDir('approvals'), 0o700)
      await writeFileDurably(approval(question), '')
    },
    async keepStarterConfig() {
      if (!existsSync(configFile)) await writeFileDurably(configFile, starterConfig)
    },
  }
}

/** The identity and membership of a folder that has joined; rejects with `CONFIG_INVALID` when it has not. */
export async function requireJoined(
  folder: SiteFolder,
  dir: string,
): Promise<{ identity: OwnIdentity; membership: StoredMembership }> {
  const identity = await folder.identity()
  if (!identity) throw notJoined(dir)
  return { identity, membership: await requireMembership(folder, dir) }
}

/** The membership alone, for what needs no key; rejects with `CONFIG_INVALID` as well. */
export async function requireMembership(folder: SiteFolder, dir: string): Promise<StoredMembership> {
  const membership = await folder.membership()
  if (!membership) throw notJoined(dir)
  return membership
}

const notJoined = (dir: string): CollegiumError =>
  new CollegiumError('CONFIG_INVALID', `${dir} has not joined a federation: collegium client join INVITE.`)

/** Throws `KEY_ROTATION_UNFINISHED`: which of two keys the coordinator accepts is then not known. */
export function requireSettledKey({ rotation }: SiteFolder): void {
  if (rotation.exists())
    throw new CollegiumError(
      'KEY_ROTATION_UNFINISHED',
      "The rotation of this site's key was interrupted; it has two keys.",
    )
}
