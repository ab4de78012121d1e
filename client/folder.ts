/**
 * A site's folder, and what `join` and `start` keep there:
 *
 *     site.yaml     data, teacher and policy; the site's own people edit it
 *     site.key      the Ed25519 identity, for the owner's eyes (0600)
 *     site.json     which federation this site belongs to, and where its coordinator is
 *     journal/      what this site has said; blobs/ the bytes it said, and what it fetched
 *     approvals/    the questions that somebody has approved by hand, each an empty file
 */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { hex32Schema, siteIdSchema, type QuestionId } from '#federation/ids.ts'
import { parseIdentity, serialiseIdentity, type OwnIdentity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import { ensureFolder, readJson, readText, writeFileDurably } from '#store/files.ts'
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
  /** Undefined before the first `join`; rejects with `KEY_FILE_INVALID`. */
  identity(): Promise<OwnIdentity | undefined>
  keepIdentity(identity: OwnIdentity): Promise<void>
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

export function siteFolder(dir: string): SiteFolder {
  const inDir = (name: string) => path.resolve(dir, name)
  const [keyFile, memberFile, configFile] = ['site.key', 'site.json', 'site.yaml'].map(inDir) as [
    string,
    string,
    string,
  ]
  const approval = (question: QuestionId) => path.join(inDir('approvals'), hex32Schema.parse(question))
  return {
    configFile,
    journal: inDir('journal'),
    blobs: inDir('blobs'),
    async identity() {
      return existsSync(keyFile) ? parseIdentity(await readText(keyFile, 'KEY_FILE_INVALID')) : undefined
    },
    async keepIdentity(identity) {
      await ensureFolder(dir, 0o700)
      await writeFileDurably(keyFile, serialiseIdentity(identity), { mode: 0o600 })
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
  const [identity, membership] = [await folder.identity(), await folder.membership()]
  if (!identity || !membership)
    throw new CollegiumError(
      'CONFIG_INVALID',
      `${dir} has not joined a federation: collegium client join INVITE.`,
    )
  return { identity, membership }
}
