import { describe, expect, it } from 'vitest'
import { formatInvite, parseInvite, type Invite } from './invite.ts'

const invite: Invite = {
  addresses: ['https://federation.example:7710', 'nats://broker.example:4222'],
  coordinatorKeyId: 'c0'.repeat(32),
  federation: 'f0'.repeat(32),
  site: 'north',
  token: Uint8Array.from({ length: 32 }, (_, i) => i),
  expiresAtMs: 1_800_000_000_000,
}
const malformed = expect.objectContaining({ code: 'INVITE_MALFORMED' }) as Error
const encoded = (fields: object) =>
  `collegium-invite:${Buffer.from(JSON.stringify(fields)).toString('base64url')}`
const wire = { version: 1, ...invite, token: Buffer.from(invite.token).toString('base64url') }

describe('an invite', () => {
  it('comes back from its line', () => {
    expect(formatInvite(invite)).toMatch(/^collegium-invite:[A-Za-z0-9_-]+$/)
    expect(parseInvite(formatInvite(invite))).toEqual(invite)
    expect(parseInvite(encoded(wire))).toEqual(invite)
  })

  it('survives the line breaks of a mail program', () => {
    const folded = formatInvite(invite).replace(/(.{60})/g, '$1\r\n  ')
    expect(parseInvite(`\n${folded}\n`)).toEqual(invite)
  })

  it.each([
    ['nothing', ''],
    ['something else', 'hello'],
    ['only the scheme', 'collegium-invite:'],
    ['the end missing', formatInvite(invite).slice(0, -20)],
    ['a letter wrong at the start', formatInvite(invite).replace(':e', ':f')],
    ['a future version', encoded({ ...wire, version: 2 })],
    ['a field more', encoded({ ...wire, admin: true })],
    ['no addresses', encoded({ ...wire, addresses: [] })],
    ['an address to a file', encoded({ ...wire, addresses: ['file:///etc/passwd'] })],
    ['an address that is none', encoded({ ...wire, addresses: ['example'] })],
    ['a short key id', encoded({ ...wire, coordinatorKeyId: 'c0' })],
    ['a short token', encoded({ ...wire, token: 'AAAA' })],
    ['a site that is no name', encoded({ ...wire, site: '../north' })],
    ['far too much', `collegium-invite:${'A'.repeat(10_000)}`],
  ])('with %s is refused', (_what, pasted) => {
    expect(() => parseInvite(pasted)).toThrow(malformed)
  })

  it('that is refused does not have its token repeated in the message', () => {
    const { token } = wire
    const leaked = { message: expect.stringContaining(token) as unknown }
    expect(() => parseInvite(encoded({ ...wire, site: 'X' }))).toThrow(expect.not.objectContaining(leaked))
  })
})
