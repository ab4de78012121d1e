/**
 * Where the passphrase of a key file comes from: a file, or a person at the terminal. Never the command line,
 * which other users of a machine can read, nor the environment, which child processes inherit.
 */
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Command } from 'commander'
import { CollegiumError } from '#proto/errors.ts'
import { reasonOf } from '#store/errors.ts'
import type { KeyFileAccess } from '#store/key-file.ts'
import type { Output } from './output.ts'

/** Shorter ones are guessed, whatever each guess costs. */
const SHORTEST = 12

export interface PassphraseOptions {
  readonly passphraseFile?: string
  readonly askPassphrase?: boolean
}

/** For commands that open a key file. */
export function passphraseOption(command: Command): Command {
  return command.option(
    '--passphrase-file <file>',
    'holds the passphrase of the key file; default: $COLLEGIUM_PASSPHRASE_FILE, else the terminal',
  )
}

/** For commands that may write one. */
export function passphraseOptions(command: Command): Command {
  return passphraseOption(command).option(
    '--ask-passphrase',
    'lock a new key file with a passphrase typed here',
  )
}

export interface Terminal {
  readonly isTerminal: boolean
  /** Reads a line without showing it. */
  ask(question: string): Promise<string>
}

export function keyAccess(
  { passphraseFile, askPassphrase = false }: PassphraseOptions,
  output: Pick<Output, 'note'>,
  env: Readonly<Record<string, string | undefined>> = process.env,
  terminal: Terminal = processTerminal,
): KeyFileAccess {
  const file = passphraseFile ?? env['COLLEGIUM_PASSPHRASE_FILE']
  return {
    async toOpen() {
      if (file !== undefined) return readPassphrase(file)
      return terminal.isTerminal ? terminal.ask('Passphrase of the key file: ') : undefined
    },
    async toLock() {
      if (!askPassphrase) return file === undefined ? undefined : strong(await readPassphrase(file))
      if (!terminal.isTerminal)
        throw new CollegiumError('USAGE', '--ask-passphrase needs a terminal; give --passphrase-file.')
      const passphrase = strong(await terminal.ask('New passphrase for the key file: '))
      if ((await terminal.ask('The same once more: ')) === passphrase) return passphrase
      throw new CollegiumError('USAGE', 'The two passphrases differ.')
    },
    onPlain: (keyFile) => output.note(`warning: ${keyFile} is not locked with a passphrase`),
  }
}

/** The file's content but for one line break at its end. */
async function readPassphrase(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CollegiumError('CONFIG_UNREADABLE', `${file} cannot be read: ${reasonOf(cause)}.`, { cause })
  })
  return text.replace(/\r?\n$/, '')
}

function strong(passphrase: string): string {
  if (passphrase.length >= SHORTEST) return passphrase
  throw new CollegiumError('CONFIG_INVALID', `A passphrase has at least ${SHORTEST} characters.`)
}

const processTerminal: Terminal = {
  isTerminal: process.stdin.isTTY && process.stderr.isTTY,
  async ask(question) {
    process.stderr.write(question)
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
    try {
      return await lines.question('')
    } finally {
      lines.close()
      process.stderr.write('\n')
    }
  },
}
