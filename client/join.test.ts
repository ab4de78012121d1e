import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { formatInvite } from '#federation/invite.ts'
import { ready } from '#privacy/crypto.ts'
import { createIdentity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import { FEDERATION, lost, scriptedCoordinator } from '../test/support/scripted-coordinator.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import { siteFolder } from './folder.ts'
import { joinFederation } from './join.ts'

beforeAll(() => ready)

const coded = (code: string) => expect.objectContaining({ code })
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

async function invited(change: object = {}) {
  let now = 1_000_000
  const clock = () => ++now
  const script = scriptedCoordinator(clock)
  const dir = path.join(await tempFolder(), 'site')
  const invite = formatInvite({
    addresses: ['http://127.0.0.1:7710'],
    coordinatorKeyId: script.identity.keyId,
    federation: FEDERATION,
    site: 'north',
    token: new Uint8Array(32).fill(5),
    expiresAtMs: now + 60_000,
    ...change,
  })
  let fill = 40
  const random = (length: number) => new Uint8Array(length).fill(++fill)
  const options = { dir, invite, clock, random, log, linkFor: () => script.link() }
  return { script, dir, options, join: (other: object = {}) => joinFederation({ ...options, ...other }) }
}

const files = (dir: string) => readdir(dir).catch(() => [])

describe('joining a federation', () => {
  it('makes a key for the owner alone, enrols, and leaves a site.yaml to fill in', async () => {
    const { script, dir, join } = await invited()
    const joined = await join()
    expect(joined).toMatchObject({ site: 'north', federation: 'Test', approved: false })
    expect(joined.configFile).toBe(path.join(dir, 'site.yaml'))
    expect((await stat(dir)).mode & 0o777).toBe(0o700)
    expect((await stat(path.join(dir, 'site.key'))).mode & 0o777).toBe(0o600)
    expect(await siteFolder(dir).membership()).toEqual({
      version: 1,
      federation: FEDERATION,
      federationName: 'Test',
      coordinatorKey: script.identity.publicKey,
      addresses: ['http://127.0.0.1:7710'],
      site: 'north',
    })
    expect((await siteFolder(dir).config()).policy.privacyModes).toEqual(['masked', 'dpsgd', 'pate'])
    expect(script.heard.map(({ kind }) => kind)).toEqual(['hello', 'enrolmentRequest'])
  })

  it('stores nothing when the coordinator holds another key than the invite says', async () => {
    const { dir, script, join } = await invited({ coordinatorKeyId: 'a'.repeat(64) })
    await expect(join()).rejects.toEqual(coded('COORDINATOR_KEY_MISMATCH'))
    expect(await files(dir)).toEqual([])
    expect(script.heard.map(({ kind }) => kind)).toEqual(['hello']) // the token was not shown to it
  })

  it('stores nothing when whoever answers cannot prove the key that it names', async () => {
    const { dir, script, join } = await invited()
    const thief = createIdentity((length) => new Uint8Array(length).fill(99))
    script.impostor = { ...thief, publicKey: script.identity.publicKey, keyId: script.identity.keyId }
    await expect(join()).rejects.toEqual(coded('SIGNATURE_INVALID'))
    expect(await files(dir)).toEqual([])
  })

  it('interrupted after the token was spent, goes on with the same key', async () => {
    const { dir, script, join } = await invited()
    script.bendFrame = (frame, body) => {
      if (body.kind === 'enrolmentRequest') throw lost
      return frame
    }
    await expect(join()).rejects.toEqual(coded('LINK_LOST'))
    expect(await files(dir)).toEqual(['site.key'])
    const key = await readFile(path.join(dir, 'site.key'), 'utf8')
    script.bendFrame = (frame) => frame
    expect(await join()).toMatchObject({ site: 'north', approved: false })
    expect(await readFile(path.join(dir, 'site.key'), 'utf8')).toBe(key)
    expect(script.heard.filter(({ kind }) => kind === 'enrolmentRequest')).toHaveLength(1)
  })

  it('repeated, tells how things stand and changes nothing', async () => {
    const { dir, script, join } = await invited()
    const first = await join()
    await writeFile(path.join(dir, 'site.yaml'), 'data: { path: mine.csv }')
    script.enrolment = 'approved'
    expect(await join()).toEqual({ ...first, approved: true })
    expect((await siteFolder(dir).config()).data.path).toBe(path.join(dir, 'mine.csv'))
  })

  it.each(['INVITE_UNKNOWN', 'INVITE_USED', 'INVITE_EXPIRED'] as const)('passes on %s', async (code) => {
    const { script, join } = await invited()
    script.bend = (body) => {
      if (body.kind === 'enrolmentRequest') throw new CollegiumError(code, 'No.')
      return undefined
    }
    await expect(join()).rejects.toEqual(coded(code))
  })

  it('refuses a damaged invite, a folder of another federation, and a damaged key', async () => {
    const { dir, join, options } = await invited()
    await expect(join({ invite: options.invite.slice(0, -9) })).rejects.toEqual(coded('INVITE_MALFORMED'))
    await join()
    const other = await invited({ federation: 'e'.repeat(64) })
    await expect(other.join({ dir })).rejects.toEqual(coded('FEDERATION_MISMATCH'))
    await writeFile(path.join(dir, 'site.key'), '{}')
    await expect(join()).rejects.toEqual(coded('KEY_FILE_INVALID'))
  })

  it('tries the addresses in turn, and says so when none answers', async () => {
    const addresses = ['http://down.example', 'nats://up.example']
    const { script, join } = await invited({ addresses })
    const dialled: string[] = []
    const down = {
      open: () => Promise.reject(new CollegiumError('LINK_UNREACHABLE', 'Nobody answers.')),
      request: () => Promise.reject(new Error('not open')),
      close: () => Promise.resolve(),
    }
    const linkFor = (address: string) => {
      dialled.push(address)
      return address.startsWith('nats') ? script.link() : down
    }
    expect(await join({ linkFor })).toMatchObject({ site: 'north' })
    expect(dialled).toEqual(addresses)
    await expect(join({ linkFor: () => down })).rejects.toEqual(coded('LINK_UNREACHABLE'))
  })
})
