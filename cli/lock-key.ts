/** `collegium client lock-key` and `collegium coordinator lock-key`. */
import path from 'node:path'
import type { Command } from 'commander'
import { ready } from '#privacy/crypto.ts'
import { lockKeyFile } from '#store/key-file.ts'
import { action } from './command.ts'
import { keyAccess, passphraseOptions, type PassphraseOptions } from './passphrase.ts'
import { systemRandom } from './world.ts'

interface Options extends PassphraseOptions {
  readonly dir: string
}

export function registerLockKey(command: Command, whose: string, folder: string, keyFile: string): void {
  const lock = command
    .command('lock-key')
    .description('lock the key file with a passphrase, or a locked one with another; the key stays the same')
    .option('--dir <folder>', `the ${whose}'s folder`, folder)
  passphraseOptions(lock)
  action(
    lock,
    `collegium ${command.name()} lock-key --ask-passphrase`,
    async ({ output }, { dir, ...options }: Options) => {
      await ready
      const file = path.join(dir, keyFile)
      const { onPlain: _quiet, ...keys } = keyAccess(options, output)
      await lockKeyFile(file, keys, systemRandom)
      output.result({ locked: file }, () => `${file} is locked; destroy its unlocked backups`)
    },
  )
}
