/** Option values, checked where they enter. */
import { InvalidArgumentError } from 'commander'
import { headWishesSchema, type HeadWishes } from '#coordinator/config.ts'

/** A whole number in [minimum, maximum]. */
export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text)
    if (/^[+-]?\d+$/.test(text) && value >= minimum && value <= maximum) return value
    const range =
      maximum === Number.MAX_SAFE_INTEGER ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`
    throw new InvalidArgumentError(`It must be a whole number ${range}.`)
  }
}

/** A number in [minimum, maximum]. */
export function number(minimum: number, maximum = Infinity) {
  return (text: string): number => {
    const value = Number(text)
    if (text.trim() !== '' && value >= minimum && value <= maximum) return value
    const range = maximum === Infinity ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`
    throw new InvalidArgumentError(`It must be a number ${range}.`)
  }
}

/** One of some words. */
export function oneOf<Word extends string>(words: readonly Word[]) {
  return (text: string): Word => {
    const word = words.find((known) => known === text)
    if (word !== undefined) return word
    throw new InvalidArgumentError(`It must be one of ${words.join(', ')}.`)
  }
}

/** One of some numbers. */
export function oneOfNumbers(numbers: readonly number[]) {
  const one = oneOf(numbers.map(String))
  return (text: string): number => Number(one(text))
}

/** Some of some words, with commas between them. */
export function listOf<Word extends string>(words: readonly Word[]) {
  const one = oneOf(words)
  return (text: string): Word[] => text.split(',').map((word) => one(word.trim()))
}

/** A positive cost for some classes: `good=1,bad=5`. */
export function costs(text: string): ReadonlyMap<string, number> {
  const cost = number(Number.MIN_VALUE)
  return new Map(
    text.split(',').map((each) => {
      const at = each.lastIndexOf('=')
      if (at < 1) throw new InvalidArgumentError('It must be CLASS=COST, with commas between them.')
      return [each.slice(0, at).trim(), cost(each.slice(at + 1))] as const
    }),
  )
}

/** Words that `read` makes something of; `forms` says which. They are handed on as they are. */
export function named(read: (text: string) => unknown, forms: string) {
  return (text: string): string => {
    if (read(text) !== undefined) return text
    throw new InvalidArgumentError(`It must be ${forms}.`)
  }
}

/** How one of several targets is taught, such as `risk:rule=density-ratio,weight=2`; collects one after another. */
export function heads(text: string, before: HeadWishes = {}): HeadWishes {
  const [, name = '', words = ''] = /^(\w+):(.+)$/.exec(text) ?? []
  const wish = Object.fromEntries(
    words.split(',').map((each): [string, string] => {
      const at = each.indexOf('=')
      return [each.slice(0, at).trim(), each.slice(at + 1).trim()]
    }),
  )
  const given = 'weight' in wish ? { ...wish, weight: Number(wish['weight']) } : wish
  const read = headWishesSchema.safeParse({ [name]: given })
  if (name !== '' && read.success) return { ...before, [name]: { ...before[name], ...read.data[name] } }
  throw new InvalidArgumentError(
    'It must be NAME:rule=RULE,loss=LOSS,weight=W, with what is to be unlike usual.',
  )
}

/** Collects an option that may be given more than once. */
export function repeated(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}
