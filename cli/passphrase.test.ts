import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '../test/support/temp-folder.ts'
import { keyAccess, type PassphraseOptions, type Terminal } from './passphrase.ts'

/** A terminal at which somebody types these lines. */
function typing(...lines: string[]): Terminal & { questions: string[] } {
  const questions: string[] = []
  return {
    questions,
    isTerminal: true,
    ask(question) {
      questions.push(question)
      return Promise.resolve(lines.shift() ?? '')
    },
  }
}
const nobody: Terminal = { isTerminal: false, ask: () => Promise.reject(new Error('asked')) }

const access = (options: PassphraseOptions, terminal: Terminal = nobody, env = {}) =>
  keyAccess(options, { note: () => undefined }, env, terminal)

async function fileWith(text: string): Promise<string> {
  const file = path.join(await tempFolder(), 'passphrase')
  await writeFile(file, text)
  return file
}

describe('the passphrase of a key file', () => {
  it('comes from a file, without its last line break', async () => {
    const passphraseFile = await fileWith('correct horse \n battery\r\n')
    expect(await access({ passphraseFile }).toOpen()).toBe('correct horse \n battery')
    expect(await access({ passphraseFile }).toLock()).toBe('correct horse \n battery')
  })

  it('comes from the file that the environment names, and before it from the one of the option', async () => {
    const env = { COLLEGIUM_PASSPHRASE_FILE: await fileWith('of the environment') }
    expect(await access({}, nobody, env).toOpen()).toBe('of the environment')
    const passphraseFile = await fileWith('of the option')
    expect(await access({ passphraseFile }, nobody, env).toOpen()).toBe('of the option')
  })

  it('is asked for on a terminal, to open a file', async () => {
    expect(await access({}, typing('typed in')).toOpen()).toBe('typed in')
    expect(await access({}).toOpen()).toBeUndefined()
  })

  it('locks no new file unless somebody wants that', async () => {
    expect(await access({}, typing('typed in')).toLock()).toBeUndefined()
  })

  it('is asked for twice to lock a new file', async () => {
    const terminal = typing('correct horse', 'correct horse')
    expect(await access({ askPassphrase: true }, terminal).toLock()).toBe('correct horse')
    expect(terminal.questions).toHaveLength(2)
    const slip = typing('correct horse', 'correct house')
    await expect(access({ askPassphrase: true }, slip).toLock()).rejects.toMatchObject({ code: 'USAGE' })
    await expect(access({ askPassphrase: true }).toLock()).rejects.toMatchObject({ code: 'USAGE' })
  })

  it('must have twelve characters to lock a file, and any to open one', async () => {
    const passphraseFile = await fileWith('eleven char')
    await expect(access({ passphraseFile }).toLock()).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    expect(await access({ passphraseFile }).toOpen()).toBe('eleven char')
  })

  it('says when its file cannot be read', async () => {
    await expect(access({ passphraseFile: '/nonexistent' }).toOpen()).rejects.toMatchObject({
      code: 'CONFIG_UNREADABLE',
    })
  })
})
