/**
 * An invite: everything a site needs to join, in one line that can be pasted.
 *
 *     collegium-invite:eyJ2ZXJzaW9uIjoxLCJhZGRyZXNzZXMiOls…
 *
 * It carries the coordinator's key id, so the site knows whom it must be talking to before it says
 * anything, and a one-time token, so the coordinator knows whom it invited. The coordinator keeps only the
 * token's hash: whoever holds the line may join once, so it is handed over like a password.
 */
import { z } from 'zod'
import { CollegiumError } from '#proto/errors.ts'
import { hex32Schema, siteIdSchema, type SiteId } from './ids.ts'

const SCHEME = 'collegium-invite:'
const LONGEST = 8192

export interface Invite {
  /** Where the coordinator may be reached, best first: http://, https:// or nats:// (tls:// for NATS over TLS). */
  readonly addresses: readonly string[]
  /** BLAKE2b-256 of the coordinator's public key, hex. */
  readonly coordinatorKeyId: string
  readonly federation: string
  readonly site: SiteId
  /** 32 secret bytes. */
  readonly token: Uint8Array
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number
}

const address = z.url({ protocol: /^(https?|nats|tls)$/ }).max(500)

const inviteSchema = z.strictObject({
  version: z.literal(1),
  addresses: z.array(address).min(1).max(8),
  coordinatorKeyId: hex32Schema,
  federation: hex32Schema,
  site: siteIdSchema,
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  expiresAtMs: z.number().int().positive(),
})

export function formatInvite(invite: Invite): string {
  const token = Buffer.from(invite.token).toString('base64url')
  return SCHEME + Buffer.from(JSON.stringify({ version: 1, ...invite, token })).toString('base64url')
}

/**
 * Reads a pasted invite, with any white space that a mail program put into it. Throws `INVITE_MALFORMED`.
 * Whether it has expired or been used is for the coordinator to say, by its own clock and journal.
 */
export function parseInvite(pasted: string): Invite {
  const line = pasted.replace(/\s+/g, '')
  if (!line.startsWith(SCHEME) || line.length > LONGEST)
    throw new CollegiumError('INVITE_MALFORMED', `An invite is one line that starts with "${SCHEME}".`)
  const { version: _version, token, ...fields } = parseFields(line.slice(SCHEME.length))
  return { ...fields, token: new Uint8Array(Buffer.from(token, 'base64url')) }
}

function parseFields(encoded: string): z.infer<typeof inviteSchema> {
  try {
    return inviteSchema.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')))
  } catch (cause) {
    throw new CollegiumError('INVITE_MALFORMED', 'The invite is damaged, or cut short.', { cause })
  }
}
