/** `collegium bench SUITE`: speed as ratios to named peers, and what combine rules teach, measured here and now. */
import { readFile, writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { CollegiumError } from '#proto/errors.ts'
import { QUICK, REPEATS, runSuite, type Report, type Suite } from '#bench/harness.ts'
import { placeIn, withReport } from '#bench/markdown.ts'
import { boundOf, quantity, tablesOf } from '#bench/tables.ts'
import type { Colors } from '../colors.ts'
import { action } from '../command.ts'
import { wholeNumber } from '../parse.ts'
import { renderTable } from '../table.ts'

const suites: Readonly<Record<string, () => Promise<{ suite: Suite }>>> = {
  engine: () => import('#bench/engine.ts'),
  secagg: () => import('#bench/secagg.ts'),
  distillation: () => import('#bench/distillation.ts'),
}

interface Options {
  readonly only?: string
  readonly repeats?: number
  readonly quick?: true
  readonly markdown?: string
  readonly data?: string
  readonly reports?: string
}

export function register(command: Command): void {
  command
    .argument('<suite>', Object.keys(suites).join(', '))
    .option('--only <text>', 'measure only what has this in its name, such as resnet')
    .option('--repeats <count>', `turns of each contestant, at least ${REPEATS}`, wholeNumber(REPEATS))
    .option('--quick', 'one short turn each, to see that all runs; the figures say little')
    .option('--markdown <file>', 'also put the tables into this document, where it has a place for them')
    .option('--data <folder>', 'public data that a suite reads; default: COLLEGIUM_DATA, or ../shared/data')
    .option('--reports <folder>', 'of distillation: keep reports there, and take those that are there')
  action(command, 'collegium bench engine --json', run)
}

const run: Parameters<typeof action>[2] = async (
  { output, interrupted },
  { only, repeats, quick, markdown, data, reports }: Options,
  name = '',
) => {
  const load = suites[name]
  if (!load) throw usage(`There is no suite "${name}"; there is ${Object.keys(suites).join(', ')}.`)
  if (markdown !== undefined && (only !== undefined || quick))
    throw usage('A document gets the whole suite in full turns: leave out --only and --quick, or --markdown.')
  const { suite } = await load()
  // Better told now than when all is measured.
  if (markdown !== undefined) placeIn(await documentIn(markdown), name)
  const turns = { ...(repeats && { repeats }), ...(quick && QUICK) }
  const report = await runSuite(suite, {
    ...turns,
    only,
    quick,
    data,
    reports,
    signal: interrupted,
    onNote: output.note,
  })
  if (markdown !== undefined) await writeFile(markdown, withReport(await documentIn(markdown), report))
  output.result(report, (color) => text(report, color))
}

const documentIn = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw usage(`The document ${file} cannot be read.`)
  })

const usage = (message: string): CollegiumError => new CollegiumError('USAGE', message)

function text(report: Report, color: Colors): string {
  const tables = tablesOf(report).map(({ head, rows, notes }) =>
    [renderTable(rows, { head, right: head.slice(1).map((_, i) => i + 1), color }), ...notes].join('\n'),
  )
  const verdicts = report.aims.map((aim) => [
    aim.met === null ? 'not measured' : aim.met ? 'met' : 'MISSED',
    `${aim.of} ${boundOf(aim)}`,
    aim.reached === null ? '' : quantity(aim.reached),
    `${aim.row}, ${aim.threads} ${aim.threads === 1 ? 'thread' : 'threads'}`,
  ])
  const aims = renderTable(verdicts, { head: ['', 'aim', 'reached', 'of'], right: [2], color })
  return [...tables, ...(verdicts.length > 0 ? [aims] : [])].join('\n\n')
}
