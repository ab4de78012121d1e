/** `collegium bench SUITE`: speed as ratios to named peers, measured here and now. */
import type { Command } from 'commander'
import { CollegiumError } from '#proto/errors.ts'
import { runSuite, type Suite } from '#bench/harness.ts'
import { action } from '../command.ts'
import { renderTable } from '../table.ts'

const suites: Readonly<Record<string, () => Promise<{ suite: Suite }>>> = {
  engine: () => import('#bench/engine.ts'),
}

export function register(command: Command): void {
  command.argument('<suite>', Object.keys(suites).join(', '))
  action(command, 'collegium bench engine --json', async ({ output }, _options, name = '') => {
    const load = suites[name]
    if (!load)
      throw new CollegiumError(
        'USAGE',
        `There is no suite "${name}"; there is ${Object.keys(suites).join(', ')}.`,
      )
    const { suite } = await load()
    const report = await runSuite(suite, { onNote: output.note })
    output.result(report, (color) => {
      const rows = report.rows.flatMap((row) =>
        Object.entries(row.peers).map(([peer, measured]) => [
          row.name,
          String(row.threads),
          `${quantity(row.ours)} ${row.unit}`,
          peer,
          'absent' in measured ? measured.absent : quantity(measured.value),
          'absent' in measured ? '' : `${measured.ratio.toFixed(2)} x`,
        ]),
      )
      return renderTable(rows, {
        head: ['', 'threads', 'ours', 'peer', '', 'ratio'],
        right: [1, 2, 4, 5],
        color,
      })
    })
  })
}

function quantity(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}
