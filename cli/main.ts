#!/usr/bin/env node
/**
 * The command line. Each command lives in a file of its own under `commands/`, and only the one that was
 * asked for is loaded, so that help is instant whatever the heavy parts weigh.
 */
import { readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { CollegiumError } from '#proto/errors.ts'
import { exitStatus, reportError } from './output.ts'

interface Entry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<{ register(command: Command): void }>
}

const commands: readonly Entry[] = [
  {
    name: 'demo',
    summary: 'run a whole federation on this machine: coordinator, five sites, dashboard',
    load: () => import('./commands/demo.ts'),
  },
  {
    name: 'simulate',
    summary: 'run a federation in one process, on your own data',
    load: () => import('./commands/simulate.ts'),
  },
  {
    name: 'coordinator',
    summary: 'create and run the server of a federation',
    load: () => import('./commands/coordinator.ts'),
  },
  { name: 'invite', summary: 'invite a site to the federation', load: () => import('./commands/invite.ts') },
  {
    name: 'run',
    summary: 'start, watch and list the runs of a federation',
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'client',
    summary: 'join a federation as a site, and take part in it',
    load: () => import('./commands/client.ts'),
  },
  { name: 'student', summary: 'use a released student', load: () => import('./commands/student.ts') },
  {
    name: 'data',
    summary: 'make a transfer set, and see how well one stands for some rows',
    load: () => import('./commands/data.ts'),
  },
  { name: 'report', summary: 'reports as a page to read', load: () => import('./commands/report.ts') },
  {
    name: 'journal',
    summary: 'read, verify and export the journal of a coordinator or a site',
    load: () => import('./commands/journal.ts'),
  },
  {
    name: 'doctor',
    summary: 'check what works on this machine, and what its absence costs',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'bench',
    summary: 'measure speed beside named peers, and what combine rules teach',
    load: () => import('./commands/bench.ts'),
  },
]

/** Runs one command line (without `node` and the script) and resolves with the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const program = await createProgram(argv)
    await program.parseAsync([...argv], { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0 // help or version, as asked
    const shown = error instanceof CommanderError ? usageError(error) : error
    reportError(shown, { json: argv.includes('--json') })
    return exitStatus(shown)
  }
}

async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('collegium')
    .description('Many teachers, one student, and no raw data moves.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help for a command')
    .helpCommand(true)
    .addHelpText(
      'after',
      '\nExample:\n  $ collegium demo\n\ncollegium COMMAND --help shows the options of a command.',
    )
    .exitOverride()
    // Errors are ours to print, and so is the help that stands in for a missing command.
    .configureOutput({ outputError: () => undefined })
  const asked = argv.filter((word) => !word.startsWith('-') && word !== 'help')[0]
  for (const { name, summary, load } of commands) {
    const command = program.command(name).description(summary)
    if (name === asked) (await load()).register(command)
    for (const each of [command, ...command.commands]) each.helpCommand(false)
  }
  return program
}

/** Commander's "error: unknown option '--x'", as an error of our table. */
function usageError(error: CommanderError): CollegiumError {
  // With no command to run commander has printed the help already, and gives no message worth printing.
  if (error.code === 'commander.help') return new CollegiumError('USAGE', 'A command is missing.')
  const [message = ''] = error.message.replace(/^error: /, '').split('\n')
  return new CollegiumError(
    'USAGE',
    `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.?$/, '.')}`,
  )
}

function version(): string {
  // Beside cli/ in a checkout, above dist/ in a build.
  for (const up of ['../package.json', '../../package.json']) {
    try {
      return (JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as { version: string }).version
    } catch {
      continue
    }
  }
  return 'unknown'
}

// True when this file is the program, false when a test imports it; the bin is a link, hence the real path.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 74) // whoever read us has seen enough
  })
  const fail = (error: unknown) => {
    reportError(error, { json: process.argv.includes('--json') })
    process.exit(exitStatus(error))
  }
  process.on('uncaughtException', fail).on('unhandledRejection', fail)
  const status = await main(process.argv.slice(2))
  process.exitCode = status
  // A failed command may leave sockets open behind it; one that succeeded ends by itself.
  if (status !== 0) process.stdout.write('', () => process.stderr.write('', () => process.exit(status)))
}
