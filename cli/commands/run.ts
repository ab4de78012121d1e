/** `collegium run start|watch|list`: runs, from the operator's side. */
import type { Command } from 'commander'
import { ruleNames } from '#distill/rules.ts'
import type { RunView } from '#proto/snapshot.ts'
import { action } from '../command.ts'
import { coordinatorFolder } from '../folders.ts'
import { connectOperator } from '../operator-client.ts'
import { number, wholeNumber } from '../parse.ts'
import { renderTable } from '../table.ts'
import { teachingOptions, type TeachingOptions } from '../teaching-options.ts'
import { count } from '../units.ts'
import { watchRun } from '../watch-run.ts'

interface PlanOptions extends TeachingOptions {
  readonly dir: string
  readonly rule?: string
  readonly deadlineSeconds?: number
  readonly quorum?: number
  readonly epochs?: number
  readonly seed?: number
  readonly privacy?: string
  readonly delta?: number
  readonly members?: number
  readonly signOff?: string
  readonly askAgain?: boolean
}

interface WatchOptions {
  readonly dir: string
  readonly out?: string
}

export function register(command: Command): void {
  const start = command
    .command('start')
    .description('start a run with all approved sites; what is not given here federation.yaml decides')
    .option('--rule <rule>', `how answers combine: auto, ${ruleNames.join(', ')}`)
  teachingOptions(start)
    .option('--deadline-seconds <s>', 'how long each question stays open', number(1, 2_592_000))
    .option('--quorum <n>', 'fewest answers that may be summed', wholeNumber(1))
    .option('--epochs <n>', 'epochs of distillation in each round', wholeNumber(1, 100_000))
    .option(
      '--privacy <mode>',
      'masked; pate:EPSILON or dpsgd:EPSILON, with differential privacy; or plain: the coordinator could then read each answer',
    )
    .option('--delta <d>', 'of a promise of differential privacy', number(1e-30, 0.01))
    .option('--members <n>', 'sub-teachers at each site, for pate', wholeNumber(1, 10_000))
    .option('--sign-off <reason>', 'release the student even if the audit finds it remembers transfer rows')
    .option('--ask-again', 'ask the sites even where the sum of an earlier run would do')
    .option('--seed <n>', 'decides everything random in the run', wholeNumber(0))
    .option('--dir <folder>', "the coordinator's folder", coordinatorFolder)
  action(
    start,
    'collegium run start --rule mean-logit --rounds 2',
    async ({ output }, options: PlanOptions) => {
      const { dir, quorum, epochs, ...overrides } = options
      const operator = await connectOperator(dir)
      const started = await operator.post<{ run: string; notes?: readonly string[] }>('/api/runs', {
        ...overrides,
        ...(quorum !== undefined && { threshold: quorum }),
        ...(epochs !== undefined && { training: { epochs } }),
      })
      for (const note of started.notes ?? []) output.note(note)
      output.result(
        started,
        (color) => `${color.bold(started.run)} started; watch it: collegium run watch ${started.run}`,
      )
    },
  )

  const watch = command
    .command('watch')
    .description('follow a run until its student is released; the last line of --json is the report')
    .argument('[run]', 'such as run-1; default: the newest')
    .option('--out <folder>', 'save the released files there')
    .option('--dir <folder>', "the coordinator's folder", coordinatorFolder)
  action(watch, 'collegium run watch --out student/', async (context, { dir, out }: WatchOptions, run) => {
    const watched = await watchRun(await connectOperator(dir), context, { run, out, phases: true })
    if (!watched.released) context.output.note(`${watched.run} goes on without being watched`)
  })

  const list = command
    .command('list')
    .description('list the runs, oldest first')
    .option('--dir <folder>', "the coordinator's folder", coordinatorFolder)
  action(list, 'collegium run list', async ({ output }, { dir }: { dir: string }) => {
    const runs = await (await connectOperator(dir)).get<RunView[]>('/api/runs')
    output.result(runs, (color) => {
      if (runs.length === 0) return 'no runs yet; start one: collegium run start'
      const rows = runs.map((run) => [
        run.run,
        run.phase,
        count(run.roster.length, 'site'),
        time(run.startedAtMs),
        run.failure ?? '',
      ])
      return renderTable(rows, { head: ['run', 'phase', 'roster', 'started (UTC)', ''], color })
    })
  })
}

function time(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}
