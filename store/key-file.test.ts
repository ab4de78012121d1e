import { stat } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { ready } from '#privacy/crypto.ts'
import { identityOf } from '#privacy/identity.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import { lockKeyFile, plainKeys, readKeyFile, writeKeyFile, type KeyFileAccess } from './key-file.ts'

beforeAll(() => ready)

const identity = () => identityOf(new Uint8Array(32).fill(1))
const random = (length: number) => new Uint8Array(length).fill(3)
const cost = { passes: 1, memoryBytes: 8192 }
const lockedWith = (passphrase: string): KeyFileAccess => ({
  toOpen: () => Promise.resolve(passphrase),
  toLock: () => Promise.resolve(passphrase),
  cost,
})
const keyFile = async () => path.join(await tempFolder(), 'site.key')

it('a plain key file comes back, for its owner alone, and is told of each time', async () => {
  const file = await keyFile()
  const told: string[] = []
  const access = { ...plainKeys, onPlain: (which: string) => void told.push(which) }
  await writeKeyFile(file, identity(), access, random)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const opened = await readKeyFile(file, access)
  expect(opened).toMatchObject({ identity: { keyId: identity().keyId }, passphrase: undefined })
  expect(told).toEqual([file, file])
})

it('a locked one comes back with what opened it', async () => {
  const file = await keyFile()
  await writeKeyFile(file, identity(), lockedWith('correct horse'), random)
  expect(await readKeyFile(file, lockedWith('correct horse'))).toMatchObject({
    identity: { keyId: identity().keyId },
    passphrase: 'correct horse',
  })
})

it('an error names the file', async () => {
  const file = await keyFile()
  await writeKeyFile(file, identity(), lockedWith('correct horse'), random)
  const naming = (code: string) => ({ code, message: expect.stringContaining(file) as unknown })
  await expect(readKeyFile(file, plainKeys)).rejects.toMatchObject(naming('PASSPHRASE_NEEDED'))
  await expect(readKeyFile(file, lockedWith('no'))).rejects.toMatchObject(naming('PASSPHRASE_WRONG'))
})

it('a file that takes the place of a locked one is locked as that was', async () => {
  const file = await keyFile()
  await writeKeyFile(file, identity(), { ...plainKeys, cost }, random, 'correct horse')
  await expect(readKeyFile(file, plainKeys)).rejects.toMatchObject({ code: 'PASSPHRASE_NEEDED' })
})

it('a plain one is locked later, a locked one with another passphrase, and the key stays', async () => {
  const file = await keyFile()
  await writeKeyFile(file, identity(), plainKeys, random)
  await expect(lockKeyFile(file, plainKeys, random)).rejects.toMatchObject({ code: 'PASSPHRASE_NEEDED' })
  await lockKeyFile(file, lockedWith('correct horse'), random)
  const other = { ...lockedWith('correct horse'), toLock: () => Promise.resolve('battery staple') }
  await lockKeyFile(file, other, random)
  const { identity: back } = await readKeyFile(file, lockedWith('battery staple'))
  expect(back.keyId).toBe(identity().keyId)
})
