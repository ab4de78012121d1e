/** `collegium data make|coverage`: a transfer set where there is none, and how well one stands for some rows. */
import path from 'node:path'
import type { Command } from 'commander'
import { makeItems } from '#distill/transfer/make.ts'
import { coverageText, FEWEST_COMPARED, transferCoverage } from '#distill/transfer/coverage.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import type { DataFormat } from '#engine/data/read.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { hash, ready } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import { ensureFolder, inFile, writeFileDurably } from '#store/files.ts'
import { action } from '../command.ts'
import { wholeNumber } from '../parse.ts'
import { fileOf, readSetFile } from '../simulate/pool.ts'
import { readSchema } from '../simulate/schema.ts'
import { bytes, count } from '../units.ts'

interface Options {
  readonly schema: string
  readonly samples?: string
  readonly items: number
  readonly seed: number
  readonly out: string
}

interface CoverageOptions {
  readonly schema: string
  readonly rows: string
  readonly items: string
}

const example = [
  'collegium data make --schema schema.json --items 2000 --out made.csv',
  'collegium data make --schema schema.json --samples public.csv --items 2000 --out made.csv',
].join('\n')

export function register(command: Command): void {
  const make = command
    .command('make')
    .description('make a transfer set of the schema alone, or of a few public samples and mixtures of them')
    .requiredOption('--schema <file>', "the federation's feature schema")
    .option('--samples <file>', 'public rows to mix; they come first and count as items')
    .requiredOption('--items <n>', 'items in all', wholeNumber(1, 10_000_000))
    .option('--seed <n>', 'equal seeds make equal items', wholeNumber(0, 2 ** 31), 1)
    .requiredOption('--out <file>', 'CSV for a table, IDX for a tensor')
  action(make, example, async ({ output }, { schema: file, samples, items, seed, out }: Options) => {
    await ready
    const schema = await readSchema(file)
    const format = formatFor(schema)
    const given = samples === undefined ? undefined : await readSetFile(format, samples)
    const random = seededRandom(seed).fork('made')
    const made = inFile(samples ?? file, () => makeItems(schema, items, random, given))
    const written = fileOf(made).bytes
    await ensureFolder(path.dirname(path.resolve(out)))
    await writeFileDurably(out, written)
    const result = { file: out, format, items, seed, bytes: written.length, hash: hash(written) }
    output.result(result, () =>
      [
        `wrote ${count(items, 'item')} to ${out}, ${bytes(written.length)}`,
        `its hash is ${result.hash}`,
      ].join('\n'),
    )
  })

  const coverage = command
    .command('coverage')
    .description(
      'how well a transfer set stands for some rows: how many have an item nearby, and who can tell them apart',
    )
    .requiredOption('--schema <file>', "the federation's feature schema")
    .requiredOption('--rows <file>', 'rows like those that the student is to serve')
    .requiredOption('--items <file>', 'the transfer set')
  action(
    coverage,
    'collegium data coverage --schema schema.json --rows patients.csv --items made.csv',
    async ({ output }, { schema: file, rows, items }: CoverageOptions) => {
      const schema = await readSchema(file)
      const format = formatFor(schema)
      const read = async (name: string) => {
        const raw = await readSetFile(format, name)
        return inFile(name, () => encodeDataset(schema, raw, { labels: 'none' }))
      }
      const runtime = await openRuntime({ onFallback: output.note })
      const found = await transferCoverage(runtime, await read(rows), await read(items))
      if (!found)
        throw new CollegiumError('DATA_EMPTY', `Fewer than ${FEWEST_COMPARED} rows or items say nothing.`)
      output.result(found, () => coverageText(found))
    },
  )
}

/** Tables lie in CSV files and tensors in IDX files. */
const formatFor = ({ features }: FeatureSchema): DataFormat => (features.kind === 'table' ? 'csv' : 'idx')
