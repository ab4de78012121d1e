/** `collegium simulate`: deals a dataset over sites, runs the federation, repeats it, reports with intervals. */
import { availableParallelism } from 'node:os'
import { mergeReports } from '#distill/assemble-report.ts'
import type { Report } from '#distill/report.ts'
import { networkSize, parseSpecText } from '#distill/spec-text.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { teacherSchema } from '#client/config.ts'
import { seededRandom, type Random } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { ready } from '#privacy/crypto.ts'
import { FEWEST_MASKED } from '#federation/thresholds.ts'
import { CollegiumError } from '#proto/errors.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import type { Context } from '../command.ts'
import { comparisonText, reportText } from '../report-text.ts'
import { teachingOf } from '../teaching-options.ts'
import { systemClock } from '../world.ts'
import { compareRules, type Turn } from './compare-rules.ts'
import type { KeptSites } from './kept-sites.ts'
import { readOptions, type RuleWish, type SimulateOptions } from './options.ts'
import { readPool } from './pool.ts'
import { prepareSeed } from './prepare-seed.ts'
import { runFederation, type Simulation } from './run-federation.ts'

export async function simulate({ output, interrupted }: Context, options: SimulateOptions): Promise<void> {
  await ready
  const wishes = await readOptions(options)
  const pool = await readPool(options.data, wishes.format)
  const runtime = await openRuntime({
    threads: options.threads ?? availableParallelism(),
    ...(options.provider && { provider: options.provider }),
    onFallback: (line) => output.note(line),
  })
  const quiet = {
    info() {},
    warn: (_: object, line: string) => output.note(line),
    error: (_: object, line: string) => output.note(line),
  }

  const reports: Report[][] = wishes.rules.map(() => [])
  for (let turn = 1; turn <= options.seeds; turn++) {
    const seed = options.firstSeed + turn - 1
    const bar = output.progress.bar(`seed ${turn} of ${options.seeds}`)
    const blobs = await openMemoryBlobs()
    const dealt = await prepareSeed(pool, wishes, options, seed, blobs)
    if (wishes.privacy !== 'plain' && dealt.sites.length < FEWEST_MASKED)
      throw new CollegiumError(
        'USAGE',
        `--privacy secure hides answers among ${FEWEST_MASKED} sites at least; with ${dealt.sites.length}, say --privacy none.`,
      )
    const federation = (rule: RuleWish, privacy: string, also: Turn) =>
      runFederation(
        {
          ...dealt,
          ...also,
          blobs,
          run: {
            ...teachingOf(options),
            ...(rule !== 'by-target' && { rule }),
            privacy,
            // Nobody drops out; noise is dealt as if some might.
            ...(wishes.epsilon === undefined && { threshold: dealt.sites.length }),
            deadlineSeconds: 24 * 3600,
          },
          teacher: teacherOf(privacy, wishes.epsilon, options, dealt.data.schema),
          seed,
          runtime,
          clock: systemClock,
          random: bytesOf(seededRandom(seed).fork('keys')),
          log: quiet,
        },
        interrupted,
      )
    const keptWithoutPrivacy: KeptSites = new Map()
    const onProgress: Simulation['onProgress'] = (fraction, note) => bar.update(fraction, note)
    const compared = await compareRules(
      wishes.rules,
      { arms: options.arms, onProgress },
      async (rule, turn) => {
        const report = await federation(rule, wishes.privacy, turn)
        if (wishes.epsilon === undefined) return report
        const { student } = (
          await federation(rule, 'masked', { ...turn, kept: keptWithoutPrivacy, arms: 'federation' })
        ).arms
        return { ...report, arms: { ...report.arms, withoutPrivacy: student } }
      },
    )
    compared.forEach((report, at) => reports[at]?.push(report))
    bar.finish()
  }
  const merged = reports.flatMap(([first, ...rest]) => (first ? mergeReports([first, ...rest]) : []))
  const [only, ...others] = merged
  if (!only) throw new CollegiumError('USAGE', '--seeds is at least 1.')
  if (others.length === 0) output.result(only, (color) => reportText(only, color))
  else output.result(merged, (color) => comparisonText([only, ...others], color))
}

/** The kind of teacher that a mode of privacy needs. */
function teacherOf(
  privacy: string,
  epsilon: number | undefined,
  { teacher, augment, balance }: SimulateOptions,
  schema: FeatureSchema,
): Simulation['teacher'] {
  const spec = teacher === undefined ? undefined : parseSpecText(teacher, networkSize(schema))
  const hidden = spec?.kind === 'mlp' && { hidden: spec.hidden }
  const [kind] = privacy.split(':')
  if (kind !== 'pate' && kind !== 'dpsgd') {
    const network = spec && spec.kind !== 'mlp' && { kind: 'network', network: teacher }
    return teacherSchema.parse({
      kind: 'mlp',
      ...hidden,
      ...network,
      ...(augment !== undefined && { augment }),
    })
  }
  if (spec && !hidden)
    throw new CollegiumError(
      'USAGE',
      `With --privacy ${kind} a teacher is linear or an mlp, such as mlp:64,32, not a ${spec.kind}.`,
    )
  return teacherSchema.parse({
    kind,
    ...hidden,
    ...(kind === 'dpsgd' ? { epsilon } : balance && { balance }),
  })
}

/** Keys that a seed decides are no secret, and a simulation has none to keep: its journal is reproducible. */
const bytesOf = (random: Random) => (length: number) => Uint8Array.from({ length }, () => random.integer(256))
