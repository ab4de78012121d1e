/** `collegium coordinator init|start|rotate-key|lock-key`: the server of a federation. */
import type { Command } from 'commander'
import { folderFiles, initCoordinator } from '#coordinator/folder.ts'
import { startCoordinator } from '#coordinator/main.ts'
import { rotateCoordinatorKey } from '#coordinator/rotate.ts'
import type { DataFormat } from '#engine/data/read.ts'
import { tasks, type Task } from '#engine/data/target.ts'
import { executionProviders, type ExecutionProvider } from '#engine/session/index.ts'
import { fingerprint } from '#privacy/identity.ts'
import { ready } from '#privacy/crypto.ts'
import { aborted, action, type Context } from '../command.ts'
import { coordinatorFolder } from '../folders.ts'
import { registerLockKey } from '../lock-key.ts'
import { oneOf, repeated, wholeNumber } from '../parse.ts'
import { keyAccess, passphraseOption, passphraseOptions, type PassphraseOptions } from '../passphrase.ts'
import { createLogger, systemClock, systemRandom } from '../world.ts'

interface InitOptions extends PassphraseOptions {
  readonly dir: string
  readonly name: string
  readonly transfer: string
  readonly transferLabels?: string
  readonly holdout?: string
  readonly holdoutLabels?: string
  readonly format: DataFormat
  readonly schema?: string
  readonly target?: string
  readonly task?: Task
  readonly host?: string
  readonly port?: number
  readonly nats?: string
  readonly public?: readonly string[]
}

interface StartOptions extends PassphraseOptions {
  readonly dir: string
  readonly host?: string
  readonly port?: number
  readonly nats?: string
  readonly threads?: number
  readonly provider?: ExecutionProvider
}

export function register(command: Command): void {
  const init = command
    .command('init')
    .description('create a federation: its key, its operator token and its federation.yaml')
    .requiredOption('--name <name>', "the federation's name")
    .requiredOption('--transfer <file>', 'public samples that the sites will be asked about')
    .option('--transfer-labels <file>', 'their labels, for IDX')
    .option('--holdout <file>', 'labelled public samples that measure the student')
    .option('--holdout-labels <file>', 'their labels, for IDX')
    .option('--format <format>', 'csv or idx', 'csv')
    .option('--schema <file>', 'the shared feature schema; without it one is derived from the transfer set')
    .option('--target <column>', 'the column to predict, when the schema is derived; default: the last one')
    .option(
      '--task <task>',
      'likewise: classify, regress when it holds a number, multilabel when it is a list of yes or no, or multitask when it is a list of such, as simulate takes it',
      oneOf(tasks),
    )
    .option('--host <host>', 'address to listen on')
    .option('--port <port>', 'port to listen on', wholeNumber(0, 65_535))
    .option('--nats <url>', 'also serve sites over this NATS broker')
    .option(
      '--public <url>',
      'address that invites carry, when sites know this machine by another name; repeatable',
      repeated,
    )
    .option('--dir <folder>', "the coordinator's folder", coordinatorFolder)
  passphraseOptions(init)
  action(init, 'collegium coordinator init --name heart --transfer public.csv --target outcome', initialise)

  const start = command
    .command('start')
    .description('serve the sites, the dashboard and the operator, until interrupted')
    .option('--host <host>', 'address to listen on, over federation.yaml')
    .option(
      '--port <port>',
      'port to listen on, over federation.yaml; 0 takes any free one',
      wholeNumber(0, 65_535),
    )
    .option('--nats <url>', 'also serve sites over this NATS broker')
    .option('--threads <n>', 'threads for distillation', wholeNumber(1, 1024))
    .option('--provider <name>', `what computes: ${executionProviders.join(', ')}`, oneOf(executionProviders))
    .option('--dir <folder>', "the coordinator's folder", coordinatorFolder)
  passphraseOption(start)
  action(
    start,
    'collegium coordinator start --port 7710',
    async ({ output, interrupted }, options: StartOptions) => {
      const coordinator = await startCoordinator({
        ...options,
        clock: systemClock,
        random: systemRandom,
        log: createLogger(output),
        keys: keyAccess(options, output),
      })
      const { url, dashboardUrl } = coordinator
      output.result({ url, dashboardUrl }, (color) =>
        [`listening on ${color.bold(url)}`, `dashboard    ${dashboardUrl}`].join('\n'),
      )
      await aborted(interrupted)
      output.note('closing')
      await coordinator.close()
    },
  )

  const rotate = command
    .command('rotate-key')
    .description('give the coordinator a new key, which the old one vouches for; it must be stopped')
    .option('--dir <folder>', "the coordinator's folder", coordinatorFolder)
  passphraseOptions(rotate)
  action(
    rotate,
    'collegium coordinator rotate-key --dir .collegium/coordinator',
    async ({ output }, { dir, ...options }: PassphraseOptions & { readonly dir: string }) => {
      const world = { clock: systemClock, random: systemRandom, log: createLogger(output) }
      const rotated = await rotateCoordinatorKey(dir, { keys: keyAccess(options, output), ...world })
      output.result(rotated, (color) =>
        [
          `the coordinator has a new key ${color.bold(rotated.fingerprint)}`,
          'sites follow it when they next connect; destroy the backups of the old one',
        ].join('\n'),
      )
    },
  )

  registerLockKey(command, 'coordinator', coordinatorFolder, folderFiles.key)
}

async function initialise({ output }: Context, options: InitOptions): Promise<void> {
  await ready
  const { dir, name, format, host, port, nats } = options
  const dataFile = (path: string, labels: string | undefined) => ({ path, format, ...(labels && { labels }) })
  const { fingerprintOf } = await initCoordinator({
    dir,
    name,
    transfer: dataFile(options.transfer, options.transferLabels),
    ...(options.holdout && { holdout: dataFile(options.holdout, options.holdoutLabels) }),
    ...(options.schema && { schema: options.schema }),
    ...(options.target && { target: options.target }),
    ...(options.task && { task: options.task }),
    listen: {
      ...(host && { host }),
      ...(port !== undefined && { port }),
      ...(nats && { nats }),
      ...(options.public && { public: options.public }),
    },
    random: systemRandom,
    keys: keyAccess(options, output),
  })
  const key = fingerprint(fingerprintOf.publicKey)
  output.result({ dir, name, fingerprint: key }, (color) =>
    [
      `federation ${color.bold(name)} created in ${dir}`,
      `coordinator key ${key}`,
      '',
      `next: collegium coordinator start --dir ${dir}`,
      `      collegium invite --site NAME --dir ${dir}`,
    ].join('\n'),
  )
}
