import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { smallFederation, world } from '../test/support/small-federation.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import { initCoordinator, openFolder } from './folder.ts'
import { startCoordinator } from './main.ts'

const rows = 'x,t\n1,yes\n2,no\n3,yes\n'

async function initialised(change: { holdout?: string } = {}) {
  const root = await tempFolder()
  const [transfer, holdout, dir] = ['transfer.csv', 'holdout.csv', 'coordinator'].map((name) =>
    path.join(root, name),
  ) as [string, string, string]
  await writeFile(transfer, rows)
  await writeFile(holdout, change.holdout ?? rows)
  const init = () =>
    initCoordinator({
      dir,
      name: 'Small',
      transfer: { path: transfer, format: 'csv' },
      holdout: { path: holdout, format: 'csv' },
      random: world.random,
    })
  return { root, dir, init }
}

describe('initCoordinator', () => {
  it('writes nothing unless all of it is sound', async () => {
    const { root, init } = await initialised({ holdout: 'x,t\n1,maybe\n' })
    await expect(init()).rejects.toThrow(/holdout\.csv: Row 1/)
    expect((await readdir(root)).sort()).toEqual(['holdout.csv', 'transfer.csv'])
  })

  it('keeps secrets to their owner, and a federation that is there already', async () => {
    const { dir, init } = await initialised()
    await init()
    const modeOf = async (name: string) => (await stat(path.join(dir, name))).mode & 0o777
    expect([await modeOf('.'), await modeOf('coordinator.key'), await modeOf('operator-token')]).toEqual([
      0o700, 0o600, 0o600,
    ])
    const before = await openFolder(dir)
    await expect(init()).rejects.toThrow('holds a federation already')
    expect((await openFolder(dir)).identity.publicKey).toBe(before.identity.publicKey)
  })

  it('can be repeated after it was cut off: the configuration is written last', async () => {
    const { dir, init } = await initialised()
    await init()
    await rm(path.join(dir, 'federation.yaml'))
    await init()
    expect((await openFolder(dir)).config.name).toBe('Small')
  })
})

describe('openFolder', () => {
  it.each([
    ['operator-token', '\n', 'CONFIG_INVALID'], // it would let everyone in
    ['coordinator.key', 'junk', 'KEY_FILE_INVALID'],
  ])('refuses a damaged %s and names it', async (name, content, code) => {
    const { dir, init } = await initialised()
    await init()
    await writeFile(path.join(dir, name), content)
    await expect(openFolder(dir)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(name) as string,
    })
  })
})

describe('startCoordinator', () => {
  it('refuses a key or a schema that the federation was not founded with, and holds no lock then', async () => {
    const federation = await smallFederation()
    const { coordinatorDir: dir } = federation
    await (await federation.startCoordinator()).close()

    const schema = path.join(dir, 'schema.json')
    const [original, key] = [
      await readFile(schema, 'utf8'),
      await readFile(path.join(dir, 'coordinator.key')),
    ]
    await writeFile(schema, original.replace(/"spread": [-0-9.]+/, '"spread": 9'))
    await expect(startCoordinator({ dir, port: 0, ...world })).rejects.toThrow('The feature schema differs')
    await writeFile(schema, original)

    const { dir: elsewhere, init } = await initialised()
    await init()
    await writeFile(
      path.join(dir, 'coordinator.key'),
      await readFile(path.join(elsewhere, 'coordinator.key')),
    )
    await expect(startCoordinator({ dir, port: 0, ...world })).rejects.toMatchObject({
      code: 'KEY_FILE_INVALID',
    })
    await writeFile(path.join(dir, 'coordinator.key'), key)
    await federation.startCoordinator()
  })

  it('leaves nothing behind when its port is in use, and is one process a folder', async () => {
    const [one, two] = [await smallFederation(), await smallFederation()]
    const running = await one.startCoordinator()
    const port = Number(new URL(running.url).port)
    await expect(startCoordinator({ dir: two.coordinatorDir, port, ...world })).rejects.toMatchObject({
      code: 'PORT_IN_USE',
    })
    await two.startCoordinator()
    await expect(one.startCoordinator()).rejects.toMatchObject({ code: 'STORE_IN_USE' })
  })
})
