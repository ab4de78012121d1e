import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { tempFolder } from '../test/support/temp-folder.ts'
import { readJson, writeFileDurably } from './files.ts'
import { lockFolder } from './folder-lock.ts'

describe('writeFileDurably', () => {
  it('replaces the content and sets the mode, leaving no other file', async () => {
    const folder = await tempFolder()
    const file = path.join(folder, 'key')
    await writeFileDurably(file, 'old', { mode: 0o600 })
    await writeFileDurably(file, 'new', { mode: 0o600 })
    expect(await readFile(file, 'utf8')).toBe('new')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['key'])
  })

  it('leaves no temporary file when it fails', async () => {
    const folder = await tempFolder()
    await mkdir(path.join(folder, 'target', 'inside'), { recursive: true })
    await expect(writeFileDurably(path.join(folder, 'target'), 'x')).rejects.toMatchObject({
      code: 'STORE_UNWRITABLE',
    })
    expect(await readdir(folder)).toEqual(['target'])
  })
})

describe('readJson', () => {
  const schema = z.strictObject({ server: z.strictObject({ port: z.number() }) })

  it('names the file and the field at fault', async () => {
    const file = path.join(await tempFolder(), 'settings.json')
    await expect(readJson(file, schema)).rejects.toMatchObject({ code: 'CONFIG_UNREADABLE' })
    await writeFile(file, '{"server":')
    await expect(readJson(file, schema)).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    await writeFile(file, '{"server":{"port":"eighty"}}')
    await expect(readJson(file, schema)).rejects.toThrow(/settings\.json: server\.port: .*expected number/)
    await writeFile(file, '{"server":{"port":80}}')
    expect(await readJson(file, schema)).toEqual({ server: { port: 80 } })
  })
})

describe('lockFolder', () => {
  it('takes over from a holder whose process id now belongs to another process', async () => {
    const folder = await tempFolder()
    // The parent of this process is alive, but did not start in the year this lock says.
    await writeFile(path.join(folder, 'lock'), `${process.ppid} another-boot/1`)
    const unlock = lockFolder(folder)
    expect(await readFile(path.join(folder, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `))
    unlock()
    expect(await readdir(folder)).toEqual([])
  })

  it('takes over from an earlier process that had our own id, and from a lock that says nothing', async () => {
    for (const content of [`${process.pid} another-boot/1`, '']) {
      const folder = await tempFolder()
      await writeFile(path.join(folder, 'lock'), content)
      lockFolder(folder)()
      expect(await readdir(folder)).toEqual([])
    }
  })
})
