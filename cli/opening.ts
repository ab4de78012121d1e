/** `collegium client opening`, and its other end, `collegium journal verify --opening`. */
import type { Command } from 'commander'
import { openAnswer } from '#client/main.ts'
import { openedShare, openingSchema } from '#federation/opening.ts'
import { CollegiumError } from '#proto/errors.ts'
import { readJson, writeFileDurably } from '#store/files.ts'
import type { Audited } from './audit-journal.ts'
import { action } from './command.ts'
import { siteFolder } from './folders.ts'

interface Options {
  readonly dir: string
  readonly out?: string
}

export function registerOpening(client: Command): void {
  const opening = client
    .command('opening')
    .description('in a dispute: write one masked answer and what opens its commitment, for an auditor alone')
    .argument('<question>', 'its id, or the beginning of it, as journal show prints it')
    .option('--out <file>', 'default: stdout, as JSON; the answer is readable in it')
    .option('--dir <folder>', "the site's folder", siteFolder)
  action(
    opening,
    'collegium client opening 5f0c… --out opening.json',
    async ({ output }, { dir, out }: Options, question = '') => {
      const opened = await openAnswer(dir, question)
      const text = JSON.stringify(opened, null, 2)
      if (out === undefined) return output.result(opened, () => text)
      await writeFileDurably(out, `${text}\n`)
      output.note(`wrote ${out}; the answer is readable in it: give it to the auditor alone`)
    },
  )
}

export interface Opened {
  readonly question: string
  readonly site: string
  /** Of the share. */
  readonly bytes: number
}

/**
 * Holds an opening against the commitment in a coordinator's journal. Rejects with `COMMITMENT_MISMATCH`, and with
 * `CONFIG_UNREADABLE` or `CONFIG_INVALID` for a file that is no opening.
 */
export async function checkOpening(file: string, audited: Audited): Promise<Opened> {
  const opening = await readJson(file, openingSchema)
  const { question, site } = opening
  const commitment = audited.commitmentOf(opening)
  if (commitment === undefined)
    throw new CollegiumError(
      'COMMITMENT_MISMATCH',
      `The journal has no commitment of "${site}" for question ${question.slice(0, 12)}.`,
    )
  return { question, site, bytes: openedShare(commitment, opening).length }
}
