/** `collegium client ledger|preview|answer`: what a site has given away, and what it is about to. */
import type { Command } from 'commander'
import { approveQuestion, previewQuestion, readLedger } from '#client/main.ts'
import { action } from '../command.ts'
import { siteFolder } from '../folders.ts'
import { keyAccess, passphraseOptions, type PassphraseOptions } from '../passphrase.ts'
import { createLogger, systemClock, systemRandom } from '../world.ts'
import { ledgerText, previewText } from './ledger-text.ts'

interface Options {
  readonly dir: string
}

interface PreviewOptions extends Options, PassphraseOptions {
  readonly question?: string
}

export function registerLedger(client: Command): void {
  const ledger = client
    .command('ledger')
    .description('what this site has answered, and what that has cost of its privacy budget')
    .option('--dir <folder>', "the site's folder", siteFolder)
  action(ledger, 'collegium client ledger', async ({ output }, { dir }: Options) => {
    const view = await readLedger(dir)
    output.result(view, (color) => ledgerText(view, color))
  })

  const preview = client
    .command('preview')
    .description('what would leave this site in answer to the question that waits; nothing is sent')
    .option('--question <id>', 'the question, or the beginning of its id; default: the one that waits')
    .option('--dir <folder>', "the site's folder", siteFolder)
  passphraseOptions(preview)
  action(
    preview,
    'collegium client preview',
    async ({ output }, { dir, question, ...keys }: PreviewOptions) => {
      const world = { clock: systemClock, random: systemRandom, log: createLogger(output) }
      const shown = await previewQuestion(dir, { ...world, keys: keyAccess(keys, output), question })
      output.result(shown ?? null, (color) =>
        shown ? previewText(shown, color) : 'no question waits for this site',
      )
    },
  )

  const answer = client
    .command('answer')
    .description('approve a question that waits, where the policy says "approval: manual"')
    .argument('<question>', 'its whole id, as preview shows it')
    .option('--dir <folder>', "the site's folder", siteFolder)
  action(answer, 'collegium client answer 5f0c…', async ({ output }, { dir }: Options, question = '') => {
    const { site } = await approveQuestion(dir, question)
    output.result({ site, question, approved: true }, () =>
      [
        `approved: ${site} answers question ${question.slice(0, 12)} at its next visit`,
        `watch it: collegium client ledger --dir ${dir}`,
      ].join('\n'),
    )
  })
}
