/** The options of `simulate`, from words to types. What this version does not do yet is said, not ignored. */
import { ruleFor } from '#coordinator/choose-loss.ts'
import { ruleNames, taskOfRule, type CombineRuleName } from '#distill/rules.ts'
import type { DataFormat } from '#engine/data/read.ts'
import { tasks, type Task } from '#engine/data/target.ts'
import type { ExecutionProvider } from '#engine/session/index.ts'
import { CollegiumError } from '#proto/errors.ts'
import { readBytes } from '#store/files.ts'
import type { Split } from './deal.ts'
import type { TeachingOptions } from '../teaching-options.ts'

export interface SimulateOptions extends TeachingOptions {
  readonly data: string
  readonly format?: string
  readonly target?: string
  readonly schema?: string
  readonly costs?: ReadonlyMap<string, number>
  readonly task: string
  readonly sites?: number
  readonly split: string
  readonly public: string
  readonly holdout?: string
  readonly teacher?: string
  readonly balance?: boolean
  readonly rule?: string
  readonly compare?: string
  readonly privacy: string
  readonly seeds: number
  readonly firstSeed: number
  readonly arms: Arms
  readonly threads?: number
  readonly provider?: ExecutionProvider
}

/** Whom the student is set beside: everyone, or its teachers and their ensemble only. */
export const armChoices = ['all', 'federation'] as const
export type Arms = (typeof armChoices)[number]

/** A fraction or number of rows, or a file. */
export type Amount = { readonly amount: number } | { readonly file: string }

/** "by-target": of several targets each has its own (--head). */
export type RuleWish = CombineRuleName | 'auto' | 'by-target'

/** Items that are made, of public samples or of the schema alone. */
export interface Made {
  readonly made: number
  readonly samples?: Amount
}

export interface Wishes {
  readonly format: DataFormat | undefined
  readonly split: Split
  readonly sites: number
  readonly public: Amount | Made
  readonly holdout: Amount | undefined
  readonly task: Task
  /** One, or those to compare. */
  readonly rules: readonly RuleWish[]
  /** As a run's plan takes it. */
  readonly privacy: string
  /** Of a mode with differential privacy. */
  readonly epsilon?: number
}

export const DEFAULT_SITES = 5
export const DEFAULT_HOLDOUT = 0.2

/** Throws `USAGE` for what means nothing, `NOT_AVAILABLE` for what this version does not do. */
export async function readOptions(options: SimulateOptions): Promise<Wishes> {
  only('--task', options.task, tasks, [])
  const task = options.task as Task
  if (options.format !== undefined)
    only('--format', options.format, ['csv', 'idx'], ['parquet', 'npy', 'npz'])
  return {
    format: options.format as DataFormat | undefined,
    split: await splitOf(options.split),
    sites: options.sites ?? DEFAULT_SITES,
    public: publicOf(options.public),
    holdout: options.holdout === undefined ? undefined : amountOf('--holdout', options.holdout),
    task,
    rules: rulesOf(options, task),
    ...privacyOf(options.privacy),
  }
}

function only(option: string, value: string, now: readonly string[], later: readonly string[]): void {
  if (now.includes(value)) return
  if (later.includes(value))
    throw new CollegiumError(
      'NOT_AVAILABLE',
      `${option} ${value} is not in this version; it has ${now.join(', ')}.`,
    )
  throw new CollegiumError('USAGE', `${option} is ${now.join(' or ')}, not "${value}".`)
}

function rulesOf({ rule = '', compare = '', loss = 'kd' }: SimulateOptions, task: Task): RuleWish[] {
  if (rule !== '' && compare !== '')
    throw new CollegiumError('USAGE', '--compare names all rules to try; leave --rule out.')
  if (task === 'multitask') {
    if (rule === '' && compare === '') return ['by-target']
    throw new CollegiumError(
      'USAGE',
      'Of several targets each has a rule of its own; name them with --head NAME:rule=RULE.',
    )
  }
  const fitting = ruleNames.filter((name) => taskOfRule(name) === task)
  const known = task === 'classify' ? [...fitting, 'auto'] : fitting
  const names = compare === '' ? [rule === '' ? ruleFor(loss, task) : rule] : [...new Set(namesIn(compare))]
  for (const name of names) only(compare === '' ? '--rule' : '--compare', name, known, [])
  return names as RuleWish[]
}

const namesIn = (text: string): string[] => text.split(',').map((name) => name.trim())

function privacyOf(text: string): Pick<Wishes, 'privacy' | 'epsilon'> {
  if (text === 'none') return { privacy: 'plain' }
  if (text === 'secure') return { privacy: 'masked' }
  const [mode = '', epsilon = ''] = text.split(':')
  if (mode !== 'pate' && mode !== 'dpsgd')
    throw new CollegiumError(
      'USAGE',
      `--privacy is secure, none, pate:EPSILON or dpsgd:EPSILON, not "${text}".`,
    )
  return { privacy: text, epsilon: positive(`--privacy ${mode}`, epsilon) }
}

async function splitOf(text: string): Promise<Split> {
  const [kind = '', ...rest] = text.split(':')
  const value = rest.join(':')
  switch (kind) {
    case 'iid':
    case 'folder':
      if (text === kind) return { kind }
      throw splitUnknown(text)
    case 'dirichlet':
      return { kind, concentration: positive('--split dirichlet', value) }
    case 'shards':
      return { kind, perSite: wholePositive('--split shards', value) }
    case 'column':
      return { kind, column: value }
    case 'file':
      return { kind, assignment: await readBytes(value) }
    default:
      throw splitUnknown(text)
  }
}

const splitUnknown = (text: string) =>
  new CollegiumError(
    'USAGE',
    `--split is iid, dirichlet:A, shards:K, column:NAME, file:CSV or folder, not "${text}".`,
  )

function amountOf(option: string, text: string): Amount {
  const amount = Number(text)
  if (Number.isNaN(amount)) return { file: text }
  if (amount > 0 && (amount < 1 || Number.isInteger(amount))) return { amount }
  throw new CollegiumError(
    'USAGE',
    `${option} is a fraction below 1, a whole number of rows, or a file, not "${text}".`,
  )
}

function publicOf(text: string): Amount | Made {
  const [word, items = '', ...rest] = text.split(':')
  if (word !== 'made') return amountOf('--public', text)
  const made = wholePositive('--public made', items)
  return rest.length === 0 ? { made } : { made, samples: amountOf('--public made:N', rest.join(':')) }
}

function positive(option: string, text: string): number {
  const value = Number(text)
  if (value > 0 && Number.isFinite(value)) return value
  throw new CollegiumError('USAGE', `${option} needs a positive number after the colon, not "${text}".`)
}

function wholePositive(option: string, text: string): number {
  const value = positive(option, text)
  if (Number.isInteger(value)) return value
  throw new CollegiumError('USAGE', `${option} needs a whole number after the colon, not "${text}".`)
}
