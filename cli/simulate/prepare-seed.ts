/** What one seed of a simulation starts from: the public files, the schema, and each site's encoded rows. */
import type { FederationData } from '#coordinator/plan-run.ts'
import { datasetViews, knownRows, subset, UNLABELLED, type Dataset } from '#engine/data/dataset.ts'
import { LEAST_VALIDATION } from '#distill/cross-fit.ts'
import { makeItems } from '#distill/transfer/make.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { rowCount, type RawData } from '#engine/data/read.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { taskOf } from '#engine/data/target.ts'
import { allRows } from '#engine/data/split.ts'
import { seededRandom } from '#engine/random.ts'
import type { Blobs } from '#federation/ports.ts'
import type { DataFile } from '#federation/plan.ts'
import { CollegiumError } from '#proto/errors.ts'
import { inFile } from '#store/files.ts'
import { dealRows, type Deal } from './deal.ts'
import { DEFAULT_HOLDOUT, type Amount, type SimulateOptions, type Wishes } from './options.ts'
import { fileOf, pick, readSetFile, type Pool } from './pool.ts'
import type { Simulation } from './run-federation.ts'
import { publicSchema, readSchema, sketchSchema, withCosts } from './schema.ts'

/** What each site holds back where rules are chosen by how they do there, as in site.yaml. */
const VALIDATION = 0.2

/** Rejects with the readers' codes, naming the file, or `DATA_EMPTY` when a set has no row. */
export async function prepareSeed(
  pool: Pool,
  wishes: Wishes,
  { data: dataFile, schema: schemaFile, target, costs }: SimulateOptions,
  seed: number,
  blobs: Blobs,
): Promise<Pick<Simulation, 'sites' | 'data' | 'validation'>> {
  const random = seededRandom(seed).fork('simulate')
  const given = schemaFile === undefined ? undefined : await readSchema(schemaFile)
  const sketch = given ?? sketchSchema(pool, target, wishes.task)
  if (taskOf(sketch) !== wishes.task)
    throw new CollegiumError(
      'USAGE',
      `${schemaFile ?? dataFile} is for --task ${taskOf(sketch)}, not for --task ${wishes.task}.`,
    )
  const sketched = labelled(pool, sketch, dataFile)
  const collected = 'made' in wishes.public ? wishes.public.samples : wishes.public
  if (!collected && !given && pool.raw.kind === 'table')
    throw new CollegiumError(
      'USAGE',
      'Without a public row nothing public says the centers and spreads to make rows of; give --schema, or samples with --public made:N:SAMPLES.',
    )
  const holdout = wishes.holdout ?? (pool.test ? undefined : { amount: DEFAULT_HOLDOUT })
  const rows = dealRows(
    pool,
    strataOf(sketched),
    { split: wishes.split, sites: wishes.sites, holdout: amountIn(holdout), public: amountIn(collected) },
    random,
  )
  const publicFile = await fileIn(collected, pool)
  const publicRaw = publicFile ?? pick(pool.raw, rows.public)
  const holdoutRaw =
    (await fileIn(holdout, pool)) ?? (holdout === undefined ? pool.test : pick(pool.raw, rows.holdout))
  if (collected && rowCount(publicRaw) === 0)
    throw new CollegiumError('DATA_EMPTY', 'No public row is left to ask about; give more with --public.')
  if (holdout && 'amount' in holdout && rows.holdout.length === 0)
    throw new CollegiumError('DATA_EMPTY', 'No row is left to measure on; give more with --holdout.')
  const free = given ?? (collected ? publicSchema(pool, sketch, target, publicFile ?? rows.public) : sketch)
  const schema = costs ? withCosts(free, costs) : free
  requireFit(schema, collected, publicRaw, 'optional')
  if (holdoutRaw) requireFit(schema, holdout, holdoutRaw, 'required')

  const all = schema === sketch ? sketched : labelled(pool, schema, dataFile)
  const schemaHash = await blobs.put(new TextEncoder().encode(JSON.stringify(schema)))
  const transferRaw =
    'made' in wishes.public
      ? makeItems(schema, wishes.public.made, random.fork('made'), collected && publicRaw)
      : publicRaw
  const transfer = await store(transferRaw, pool, blobs)
  const data: FederationData = {
    schemaHash,
    schema,
    transfer,
    labelled: knownRows(encodeDataset(schema, transferRaw, { labels: 'optional' })).length,
    ...(holdoutRaw && { holdout: await store(holdoutRaw, pool, blobs) }),
  }
  const sitesChoose = wishes.rules.includes('auto') && data.labelled < LEAST_VALIDATION
  return { sites: sitesOf(all, rows), data, ...(sitesChoose && { validation: VALIDATION }) }
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
  return {
    hash: await blobs.put(bytes),
    format,
    rows: rowCount(raw),
    ...(labelsHash !== undefined && { labelsHash }),
  }
}

/**
 * What rows are dealt by: their class, or, as if it were one, a tenth of the numbers, or what is known of the labels. Of
 * several targets the first decides, and rows that lack it are a class of their own.
 */
function strataOf(dataset: Dataset): Int32Array {
  const { labels, values, marks = new Float32Array(), classes } = datasetViews(dataset)[0] ?? dataset
  if (labels) return labels.map((label) => (label === UNLABELLED ? classes.length : label))
  return values ? tenths(values) : combinations(marks, classes.length)
}

/** Each combination of labels that occurs is a class. */
function combinations(marks: Float32Array, labels: number): Int32Array {
  const seen = new Map<string, number>()
  return Int32Array.from({ length: marks.length / labels }, (_, row) => {
    const text = marks.subarray(row * labels, (row + 1) * labels).join()
    const known = seen.get(text) ?? seen.size
    seen.set(text, known)
    return known
  })
}

/** Each tenth of the numbers, by size, is a class. */
function tenths(values: Float32Array): Int32Array {
  const sizeOf = (row: number) => (Number.isNaN(values[row]) ? Infinity : (values[row] ?? 0))
  const order = allRows(values.length).sort((a, b) => sizeOf(a) - sizeOf(b) || 0)
  const tenth = new Int32Array(values.length)
  order.forEach((row, rank) => (tenth[row] = Math.floor((10 * rank) / values.length)))
  return tenth
}

/** Sites know their labels: every row needs one. */
const labelled = (pool: Pool, schema: FeatureSchema, file: string): Dataset =>
  inFile(file, () => encodeDataset(schema, pool.raw, { labels: 'required' }))

/** A set from a file of its own is checked here: inside the federation nobody knows the file's name. */
function requireFit(
  schema: FeatureSchema,
  wish: Amount | undefined,
  raw: RawData,
  labels: 'optional' | 'required',
): void {
  if (wish && 'file' in wish) inFile(wish.file, () => encodeDataset(schema, raw, { labels }))
}

const amountIn = (wish: Amount | undefined): number => (wish && 'amount' in wish ? wish.amount : 0)

const fileIn = async (wish: Amount | undefined, { format }: Pool): Promise<RawData | undefined> =>
  wish && 'file' in wish ? readSetFile(format, wish.file) : undefined
