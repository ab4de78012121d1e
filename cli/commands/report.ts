/** `collegium report`: reports as a page to read, and several as a comparison. */
import type { Command } from 'commander'
import { parseReports, type Report } from '#distill/report.ts'
import { CollegiumError } from '#proto/errors.ts'
import { readText, writeFileDurably } from '#store/files.ts'
import { action } from '../command.ts'
import { reportPage } from '../report-page/page.ts'
import { count } from '../units.ts'

interface Options {
  readonly html: string
  readonly title: string
}

export function register(command: Command): void {
  command
    .argument('<files...>', 'reports: what simulate --json prints, or report.json of a release')
    .requiredOption('--html <file>', 'the page to write; it holds everything it shows')
    .option('--title <text>', 'what the page is called', 'Collegium report')
  action(
    command,
    'collegium simulate --data cohort.csv --sites 5 --json > report.json\ncollegium report report.json --html report.html',
    async ({ output }, { html, title }: Options, ...given) => {
      const reports = (await Promise.all(given.flat().map(readReports))).flat()
      const [first, ...rest] = reports
      if (!first) throw new CollegiumError('USAGE', 'Name a report.')
      await writeFileDurably(html, reportPage([first, ...rest], title))
      output.result({ html }, () => `wrote ${count(reports.length, 'report')} to ${html}`)
    },
  )
}

async function readReports(file: string): Promise<Report[]> {
  try {
    return parseReports(await readText(file))
  } catch (cause) {
    if (cause instanceof CollegiumError) throw cause
    throw new CollegiumError('CONFIG_INVALID', `${file} is not a report of this version.`, { cause })
  }
}
