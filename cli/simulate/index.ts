/** `collegium simulate`: deals a dataset over sites, runs the federation, repeats it, reports with intervals. */
import { availableParallelism } from 'node:os'
import { parse as parseYaml } from 'yaml'
import type { FederationData } from '#coordinator/plan-run.ts'
import { mergeReports, type Report } from '#distill/report.ts'
import { parseSpecText } from '#distill/spec-text.ts'
import { subset, type Dataset } from '#engine/data/dataset.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { inferSchema } from '#engine/data/infer-schema.ts'
import type { RawData } from '#engine/data/read.ts'
import { parseFeatureSchema, type FeatureSchema } from '#engine/data/schema.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import type { Blobs } from '#federation/ports.ts'
import type { DataFile } from '#federation/plan.ts'
import { ready } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { readText } from '#store/files.ts'
import type { Context } from '../command.ts'
import { reportText } from '../report-text.ts'
import { systemClock, systemRandom } from '../world.ts'
import { dealRows, type Deal } from './deal.ts'
import { DEFAULT_HOLDOUT, readOptions, type Amount, type SimulateOptions, type Wishes } from './options.ts'
import { fileOf, networkSize, pick, readFileAs, readPool, tensorSchema, type Pool } from './pool.ts'
import { runFederation, type Simulation } from './run-federation.ts'

export async function simulate({ output, interrupted }: Context, options: SimulateOptions): Promise<void> {
  await ready
  const wishes = await readOptions(options)
  const pool = await readPool(options.data, wishes.format)
  const runtime = await openRuntime({
    threads: options.threads ?? availableParallelism(),
    onFallback: (line) => output.note(line),
  })
  const quiet = {
    info() {},
    warn: (_: object, line: string) => output.note(line),
    error: (_: object, line: string) => output.note(line),
  }

  const reports: Report[] = []
  for (let seed = 1; seed <= options.seeds; seed++) {
    const bar = output.progress.bar(`seed ${seed} of ${options.seeds}`)
    const blobs = await openMemoryBlobs()
    const dealt = await deal(pool, wishes, options, seed, blobs)
    const report = await runFederation(
      {
        ...dealt,
        blobs,
        run: {
          rule: wishes.rule,
          rounds: options.rounds,
          threshold: dealt.sites.length,
          deadlineSeconds: 24 * 3600,
          ...(options.temperature !== undefined && { temperature: options.temperature }),
          ...(options.alpha !== undefined && { alpha: options.alpha }),
          ...(options.student !== undefined && { student: options.student }),
        },
        teacher: teacherOf(options.teacher, dealt.data.schema),
        seed,
        runtime,
        clock: systemClock,
        random: systemRandom,
        log: quiet,
        onProgress: (fraction, note) => bar.update(fraction, note),
      },
      interrupted,
    )
    bar.finish()
    reports.push(report)
  }
  const [first, ...rest] = reports
  if (!first) throw new CollegiumError('USAGE', '--seeds is at least 1.')
  const merged = mergeReports([first, ...rest])
  output.result(merged, (color) => reportText(merged, color))
}

/** Everything of one seed that depends on the data: public files, schema, and each site's encoded rows. */
async function deal(
  pool: Pool,
  wishes: Wishes,
  { schema: schemaFile, target }: SimulateOptions,
  seed: number,
  blobs: Blobs,
): Promise<Pick<Simulation, 'sites' | 'data'>> {
  const random = seededRandom(seed).fork('simulate')
  const given =
    schemaFile === undefined ? undefined : parseFeatureSchema(parseYaml(await readText(schemaFile)))
  // Kinds, categories and classes from all rows; centers and spreads, below, from the public ones alone.
  const sketch = given ?? schemaOf(pool, target)
  const labels = encodeDataset(sketch, pool.raw, { labels: 'required' }).labels ?? new Int32Array()
  const holdout = wishes.holdout ?? (pool.test ? undefined : { amount: DEFAULT_HOLDOUT })
  const rows = dealRows(
    pool,
    labels,
    { split: wishes.split, sites: wishes.sites, holdout: amountIn(holdout), public: amountIn(wishes.public) },
    random,
  )
  const transferRaw = (await fileIn(wishes.public, pool)) ?? pick(pool.raw, rows.public)
  const holdoutRaw =
    (await fileIn(holdout, pool)) ?? (holdout === undefined ? pool.test : pick(pool.raw, rows.holdout))
  if (rows.public.length === 0 && !('file' in wishes.public))
    throw new CollegiumError('DATA_EMPTY', 'No public row is left to ask about; give more with --public.')
  const schema = given ?? (pool.raw.kind === 'table' ? schemaOf(pool, target, rows.public) : sketch)

  const all = encodeDataset(schema, pool.raw, { labels: 'required' })
  const schemaHash = await blobs.put(new TextEncoder().encode(JSON.stringify(schema)))
  const transfer = await store(transferRaw, pool, blobs)
  const data: FederationData = {
    schemaHash,
    schema,
    transfer,
    ...(holdoutRaw && { holdout: await store(holdoutRaw, pool, blobs) }),
  }
  return { sites: sitesOf(all, rows), data }
}

function sitesOf(all: Dataset, { sites, heldOutBySite }: Deal): Simulation['sites'] {
  return sites.map(({ site, rows }) => {
    const held = heldOutBySite.get(site)
    return { site, dataset: subset(all, rows), ...(held && { heldOut: subset(all, held) }) }
  })
}

async function store(raw: RawData, { format }: Pool, blobs: Blobs): Promise<DataFile> {
  const { bytes, labels } = fileOf(raw)
  const labelsHash = labels && (await blobs.put(labels))
  const rows = raw.kind === 'table' ? raw.table.rows.length : (raw.items.shape[0] ?? 0)
  return { hash: await blobs.put(bytes), format, rows, ...(labelsHash !== undefined && { labelsHash }) }
}

function schemaOf(pool: Pool, target: string | undefined, statisticsFrom?: Int32Array): FeatureSchema {
  if (pool.raw.kind !== 'table') return tensorSchema(pool)
  const column = target ?? pool.raw.table.columns.at(-1) ?? ''
  return inferSchema(pool.raw.table, { target: column, ...(statisticsFrom && { statisticsFrom }) })
}

function teacherOf(text: string | undefined, schema: FeatureSchema): Simulation['teacher'] {
  return text === undefined
    ? { kind: 'mlp' }
    : { kind: 'mlp', hidden: parseSpecText(text, networkSize(schema)).hidden }
}

const amountIn = (wish: Amount | undefined): number => (wish && 'amount' in wish ? wish.amount : 0)

const fileIn = async (wish: Amount | undefined, { format }: Pool): Promise<RawData | undefined> =>
  wish && 'file' in wish ? readFileAs(format, wish.file) : undefined
