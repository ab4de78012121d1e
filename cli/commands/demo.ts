/** `collegium demo`: a whole federation on one machine, with its dashboard. */
import type { Command } from 'commander'
import { demo } from '../demo/index.ts'
import { action } from '../command.ts'
import { wholeNumber } from '../parse.ts'

export function register(command: Command): void {
  command
    .option('--once', 'exit when the student is released; otherwise the dashboard stays until interrupted')
    .option(
      '--port <port>',
      'port of the coordinator and its dashboard; default: any free one',
      wholeNumber(0, 65_535),
    )
    .option('--seed <n>', 'decides the cohort and everything random', wholeNumber(0), 1)
    .option('--dir <folder>', 'keep the federation there; default: a temporary folder')
  action(command, 'collegium demo --once --json', demo)
}
