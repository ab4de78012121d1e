/** A site that changes its key between two runs, over real folders and sockets, undisturbed and interrupted. */
import { existsSync } from 'node:fs'
import { copyFile, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { rotateSiteKey, startSiteFromFolder } from '#client/main.ts'
import { keyIdOf } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import { decodeManifest } from '#proto/manifest.ts'
import type { KeyFileAccess } from '#store/key-file.ts'
import { bentLink } from '../support/bent-link.ts'
import { federationEvents, ofType, siteEvents } from '../support/journal-events.ts'
import { coded, releasedRun, smallFederation, world } from '../support/small-federation.ts'

const publicKeyIn = async (file: string) =>
  (JSON.parse(await readFile(file, 'utf8')) as { publicKey: string }).publicKey

describe('a site that changes its key', () => {
  it('teaches on under the new one, and questions name the old one as revoked', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    const [north] = await federation.startSites(coordinator)
    await releasedRun(coordinator)
    const dir = federation.siteDir('north')
    const old = await publicKeyIn(path.join(dir, 'site.key'))
    await expect(rotateSiteKey(dir, world)).rejects.toEqual(coded('STORE_IN_USE')) // it runs
    expect(existsSync(path.join(dir, 'site.key.next'))).toBe(false)
    await north?.close()

    await copyFile(path.join(dir, 'site.key'), path.join(dir, 'stolen.key'))
    expect(await rotateSiteKey(dir, world)).toMatchObject({ site: 'north' })
    const fresh = await publicKeyIn(path.join(dir, 'site.key'))
    expect(fresh).not.toBe(old)
    expect(coordinator.core.state().sites['north']).toMatchObject({ publicKey: fresh, enrolment: 'approved' })

    await federation.startSite('north')
    const run = await releasedRun(coordinator)
    const question = coordinator.core.state().questions[run.questions[0]!]!
    expect(question.survivors).toContain('north')
    expect(decodeManifest(Buffer.from(question.manifest, 'base64')).revoked).toEqual([keyIdOf(old)])

    const events = await federationEvents(federation.coordinatorDir)
    const types = events.map(({ type }) => type)
    expect(types[types.indexOf('site-key-rotated') + 1]).toBe('checkpoint')
    expect(ofType(await siteEvents(dir), 'key-rotated')).toMatchObject([{ oldKey: old, publicKey: fresh }])
  })

  it('may be interrupted anywhere and finish later', async () => {
    const federation = await smallFederation(undefined, undefined, ['north'])
    const coordinator = await federation.startCoordinator()
    await federation.join(coordinator, 'north')
    const dir = federation.siteDir('north')
    await (await federation.startSite('north')).close()
    const old = await publicKeyIn(path.join(dir, 'site.key'))

    const deaf = bentLink({
      after(kind) {
        if (kind === 'keyRotation') throw new CollegiumError('LINK_LOST', 'The reply was lost.')
      },
    })
    await expect(rotateSiteKey(dir, { ...world, linkFor: deaf })).rejects.toEqual(coded('LINK_LOST'))
    expect(await publicKeyIn(path.join(dir, 'site.key'))).toBe(old)
    const next = await publicKeyIn(path.join(dir, 'site.key.next'))
    expect(coordinator.core.state().sites['north']?.publicKey).toBe(next)
    await expect(startSiteFromFolder(dir, world)).rejects.toEqual(coded('KEY_ROTATION_UNFINISHED'))

    await rotateSiteKey(dir, world)
    expect(await publicKeyIn(path.join(dir, 'site.key'))).toBe(next)
    expect(ofType(await federationEvents(federation.coordinatorDir), 'site-key-rotated')).toHaveLength(1)
    await (await federation.startSite('north')).close()
  })

  it('keeps the lock on its key file', async () => {
    const federation = await smallFederation(undefined, undefined, ['north'])
    const coordinator = await federation.startCoordinator()
    const dir = federation.siteDir('north')
    const keys = (passphrase?: string): KeyFileAccess => ({
      toOpen: () => Promise.resolve(passphrase),
      toLock: () => Promise.resolve(undefined),
      cost: { passes: 1, memoryBytes: 8192 },
    })
    const locking = { ...keys('correct horse'), toLock: () => Promise.resolve('correct horse') }
    await federation.join(coordinator, 'north', { approve: true }, { keys: locking })
    await rotateSiteKey(dir, { ...world, keys: keys('correct horse') })
    await expect(startSiteFromFolder(dir, world)).rejects.toEqual(coded('PASSPHRASE_NEEDED'))
    await (await federation.startSite('north', { keys: keys('correct horse') })).close()
  })
})
