/**
 * Several targets from a few words, each a class, a number or labels; without a kind it is a class.
 *
 *     num>0, chol:number, findings=exang+fbs:labels
 *
 *     num       two classes, by whether the number is above 0
 *     chol      a number
 *     findings  two labels, under a name of its own
 */
import { EngineError } from '../errors.ts'
import { duplicate, parseNumber } from './cells.ts'
import { oneTask, type OneTask } from './target.ts'

const kinds = { class: 'classify', number: 'regress', labels: 'multilabel' } as const satisfies Record<
  string,
  OneTask
>

/** One target in words. */
export interface TargetWords {
  readonly name: string
  readonly task: OneTask
  /** As the options of `inferSchema` have it. */
  readonly target: string
  readonly positiveAbove?: number
}

/** Throws `DATA_FORMAT` for fewer than two targets, two of one name, a kind that there is not, and an odd threshold. */
export function readTargets(text: string): TargetWords[] {
  const targets = text.split(',').map((part) => readTarget(part.trim()))
  if (targets.length < 2)
    throw new EngineError(
      'DATA_FORMAT',
      `Several targets are a list such as num>0,chol:number, not "${text}".`,
    )
  const twice = duplicate(targets.map(({ name }) => name))
  if (twice === undefined) return targets
  throw new EngineError(
    'DATA_FORMAT',
    `Two targets are named "${twice}"; give one a name of its own, such as other=${twice}.`,
  )
}

function readTarget(text: string): TargetWords {
  const [, name, words = '', kind = 'class'] = /^(?:(\w+)=)?([^:]*)(?::(.*))?$/.exec(text) ?? []
  if (!Object.hasOwn(kinds, kind))
    throw new EngineError(
      'DATA_FORMAT',
      `The target "${text}" is a ${Object.keys(kinds).join(', ')}, not "${kind}".`,
    )
  const task = oneTask(kinds[kind as keyof typeof kinds])
  if (task === 'multilabel') return { name: name ?? nameOf(words), task, target: words.split('+').join(',') }
  const [target = '', ...thresholds] = words.split('>').map((part) => part.trim())
  const named = { name: name ?? nameOf(target), task, target }
  if (thresholds.length === 0) return named
  const positiveAbove = parseNumber(thresholds.join('>'))
  if (task === 'regress' || positiveAbove === undefined)
    throw new EngineError(
      'DATA_FORMAT',
      task === 'regress'
        ? `The target "${text}" is a number, which nothing divides; leave >${thresholds.join('>')} out.`
        : `The target "${text}" does not say above which number a row is positive.`,
    )
  return { ...named, positiveAbove }
}

/** A column's name as the name of a target. */
const nameOf = (column: string): string =>
  column
    .replaceAll(/\W+/g, '_')
    .replace(/^(?![A-Za-z])/, 't')
    .slice(0, 40)
