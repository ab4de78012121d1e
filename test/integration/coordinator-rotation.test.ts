/** A coordinator that changes its key between two runs, over real folders and sockets. */
import { existsSync } from 'node:fs'
import { copyFile, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { rotateCoordinatorKey } from '#coordinator/rotate.ts'
import { createAudit } from '#federation/journal-audit.ts'
import { createSiteAudit } from '#federation/site-journal-audit.ts'
import { keyIdOf } from '#privacy/identity.ts'
import { decodeManifest } from '#proto/manifest.ts'
import { readLmdbJournal } from '#store/lmdb-journal.ts'
import { federationEvents, ofType, siteEvents } from '../support/journal-events.ts'
import { coded, freePort, releasedRun, smallFederation, world } from '../support/small-federation.ts'

const publicKeyIn = async (file: string) =>
  (JSON.parse(await readFile(file, 'utf8')) as { publicKey: string }).publicKey

describe('a coordinator that changes its key', () => {
  it('is followed by sites that run and by one that was away for two keys, and the journals verify', async () => {
    const federation = await smallFederation()
    const dir = federation.coordinatorDir
    const port = await freePort()
    const first = await federation.startCoordinator({ port })
    const [, , west] = await federation.startSites(first)
    await releasedRun(first)
    const keyFile = path.join(dir, 'coordinator.key')
    const old = await publicKeyIn(keyFile)
    await expect(rotateCoordinatorKey(dir, world)).rejects.toEqual(coded('STORE_IN_USE'))
    expect(existsSync(`${keyFile}.next`)).toBe(false)

    await west?.close()
    await first.close()
    await rotateCoordinatorKey(dir, world)
    const between = await publicKeyIn(keyFile)
    const second = await federation.startCoordinator({ port })
    const rotations = async (site: string) =>
      ofType(await siteEvents(federation.siteDir(site)), 'coordinator-key-rotated')
    const followed = async () => expect(await rotations('north')).toHaveLength(1)
    await vi.waitFor(followed, { timeout: 15_000, interval: 50 })
    await second.close()
    await rotateCoordinatorKey(dir, world)
    const third = await federation.startCoordinator({ port })
    await federation.startSite('west')
    const run = await releasedRun(third, { threshold: 3 })

    const question = third.core.state().questions[run.questions[0]!]!
    expect(question.survivors).toEqual(['north', 'south', 'west'])
    const { revoked } = decodeManifest(Buffer.from(question.manifest, 'base64'))
    expect(revoked).toEqual([old, between].map(keyIdOf))
    for (const site of ['north', 'west'])
      expect(await rotations(site)).toMatchObject([
        { oldKey: old, publicKey: between },
        { oldKey: between, publicKey: await publicKeyIn(keyFile) },
      ])

    const audit = createAudit()
    for await (const record of readLmdbJournal(path.join(dir, 'journal'))) await audit.admit(record)
    expect(audit.findings()).toMatchObject({ rotations: 2, foundingKey: old })
    const types = (await federationEvents(dir)).map(({ type }) => type)
    expect(types[types.indexOf('coordinator-key-rotated') + 1]).toBe('checkpoint')
    const ofSite = createSiteAudit()
    for await (const record of readLmdbJournal(path.join(federation.siteDir('west'), 'journal')))
      ofSite.admit(record)
    expect(ofSite.findings()).toMatchObject({ site: 'west', rotations: 2 })
  }, 60_000)

  it('may be interrupted, does not start until it is finished, and begins only where sites know a key', async () => {
    const federation = await smallFederation(undefined, undefined, ['north'])
    const dir = federation.coordinatorDir
    const keyFile = path.join(dir, 'coordinator.key')
    await expect(rotateCoordinatorKey(dir, world)).rejects.toEqual(coded('CONFIG_INVALID'))
    expect(existsSync(`${keyFile}.next`)).toBe(false)
    await (await federation.startCoordinator()).close()

    const old = path.join(dir, 'old.key')
    await copyFile(keyFile, old)
    await rotateCoordinatorKey(dir, world)
    const next = await publicKeyIn(keyFile)
    // As if it had been killed before the new key took the old one's place.
    await rename(keyFile, `${keyFile}.next`)
    await copyFile(old, keyFile)
    await expect(federation.startCoordinator()).rejects.toEqual(coded('KEY_ROTATION_UNFINISHED'))
    await rotateCoordinatorKey(dir, world)
    expect(await publicKeyIn(keyFile)).toBe(next)
    expect(ofType(await federationEvents(dir), 'coordinator-key-rotated')).toHaveLength(1)

    await copyFile(old, keyFile)
    await expect(federation.startCoordinator()).rejects.toEqual(coded('KEY_FILE_INVALID'))
  }, 30_000)
})
