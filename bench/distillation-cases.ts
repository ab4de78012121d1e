/** What is distilled: federations of public data, the rules tried on each, and what a rule should reach. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { CombineRuleName } from '#distill/rules.ts'
import type { MetricName } from '#distill/measured.ts'

export interface Case {
  readonly name: string
  /** By which rules are compared on it. */
  readonly metric: MetricName
  readonly seeds: number
  readonly rules: readonly RuleWish[]
  /** Options of `simulate` beside rules and seed, with files in the folder of data. */
  options(data: string): Promise<readonly string[]>
  /** What a rule should reach. */
  readonly aims?: Readonly<Record<string, number>>
}

type RuleWish = CombineRuleName | 'auto'

const OF_IMAGES: readonly RuleWish[] = [
  'density-ratio',
  'mean-probability',
  'prior-corrected',
  'k-means-gated',
  'auto',
]
/** A student of a few columns is trained in seconds. */
const OF_TABLES: readonly RuleWish[] = [
  'mean-probability',
  'mean-logit',
  'era',
  'entropy-weighted',
  'confidence-weighted',
  'prior-corrected',
  'k-means-gated',
  'density-ratio',
  'auto',
]

const words = (text: string): string[] => text.split(' ')

/** One round of questions about 6,000 images; convolutional networks, images moved by a pixel. */
const MNIST = words(
  '--public 6000 --teacher cnn:16,32/64 --student cnn:8,16/32 --augment shift:1 --temperature 1',
)
/** To see that all runs. */
const QUICK_MNIST = words('--public 600 --teacher mlp:16 --student mlp:16')

const PARTITION = 'train-partition-dirichlet-0.1-20-sites.csv'
/** Someone who will not pay taken for someone who will (Statlog's cost matrix). */
const GERMAN_COSTS = words('--costs 1=1,2=5')
const HEART = words('--schema examples/heart/schema.json --split folder --holdout 0.34 --public 0.2')

export function casesOf({ quick }: { quick: boolean }): readonly Case[] {
  const common = quick ? QUICK_MNIST : MNIST
  const mnist = (name: string, atLeast: number, split: (folder: string) => readonly string[]): Case => ({
    name: `MNIST, ${name}`,
    metric: 'accuracy',
    seeds: 3,
    rules: OF_IMAGES,
    aims: { 'density-ratio': atLeast },
    options: (data) => {
      const folder = path.join(data, 'mnist')
      return Promise.resolve(['--data', folder, ...common, ...split(folder)])
    },
  })
  const ten = (split: string) => () => words(`--sites 10 --split ${split}`)
  const german = ['german-credit', 'auroc'] as const
  const mammography = ['mammography', 'auprc'] as const
  return [
    mnist('10 sites, iid', 0.985, ten('iid')),
    mnist('10 sites, dirichlet:0.1', 0.965, ten('dirichlet:0.1')),
    mnist('10 sites, shards:1', 0.95, ten('shards:1')),
    mnist('20 sites by file', 0.96, (folder) => ['--split', `file:${path.join(folder, PARTITION)}`]),
    {
      name: 'heart, 4 hospitals',
      metric: 'auroc',
      seeds: 20,
      rules: OF_TABLES,
      aims: { 'density-ratio': 0.865 },
      options: (data) => Promise.resolve(['--data', path.join(data, 'heart'), ...HEART]),
    },
    table(german, 'german.csv', 'iid', GERMAN_COSTS),
    table(german, 'german.csv', 'dirichlet:0.3', GERMAN_COSTS),
    table(mammography, 'mammography.csv', 'iid'),
    table(mammography, 'mammography.csv', 'dirichlet:0.3'),
  ]
}

const table = (
  [folder, metric]: readonly [string, MetricName],
  file: string,
  split: string,
  more: readonly string[] = [],
): Case => ({
  name: `${folder}, 5 sites, ${split}`,
  metric,
  seeds: 5,
  rules: OF_TABLES,
  options: async (data) => {
    const copy = await withHeader(path.join(data, folder, file))
    return ['--data', copy, ...words(`--sites 5 --split ${split}`), ...more]
  },
})

/** A copy of a CSV file that has no line of names; the last column is the target. */
async function withHeader(file: string): Promise<string> {
  const text = await readFile(file, 'utf8')
  const width = text.slice(0, text.indexOf('\n')).split(',').length
  const names = Array.from({ length: width }, (_, i) => (i < width - 1 ? `x${i + 1}` : 'target'))
  const copy = path.join(await mkdtemp(path.join(tmpdir(), 'collegium-bench-')), path.basename(file))
  await writeFile(copy, `${names.join(',')}\n${text}`)
  return copy
}
