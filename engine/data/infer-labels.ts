/**
 * Labels from a few words: the columns that hold them, and, for a column of numbers, above which a row has the label.
 *
 *     angina,disease>0     angina: the larger of its two numbers, or the one that says yes, is yes
 *                          disease: every number above 0 is yes
 */
import { EngineError } from '../errors.ts'
import { canonicalValue, parseNumber } from './cells.ts'
import type { TargetLabel } from './target.ts'

/** Words for no and for yes. */
const pairs = [
  ['no', 'yes'],
  ['n', 'y'],
  ['false', 'true'],
  ['f', 't'],
  ['absent', 'present'],
  ['negative', 'positive'],
] as const

/**
 * `valuesOf` gives a column's distinct values without missing ones. Throws `DATA_BAD_VALUE` for a column that does not
 * say which of its values is yes, and `DATA_FORMAT` for fewer than two labels.
 */
export function inferLabels(text: string, valuesOf: (column: string) => readonly string[]): TargetLabel[] {
  const labels = text.split(',').map((part) => inferLabel(part.trim(), valuesOf))
  if (labels.length >= 2) return labels
  throw new EngineError('DATA_FORMAT', `Several labels are a list such as angina,disease>0, not "${text}".`)
}

function inferLabel(text: string, valuesOf: (column: string) => readonly string[]): TargetLabel {
  const [column = '', threshold] = text.split('>').map((part) => part.trim())
  const values = valuesOf(column)
  if (threshold !== undefined) return { name: text, column, ...above(column, threshold, values) }
  const [no, yes] = noAndYes(values) ?? []
  if (no !== undefined && yes !== undefined) return { name: column, column, yes: [yes], no: [no] }
  throw new EngineError(
    'DATA_BAD_VALUE',
    `The label "${column}" holds ${values.slice(0, 5).map(quoted).join(', ')}, which do not say yes or no; write ${column}>NUMBER, or give a schema.`,
  )
}

function above(
  column: string,
  threshold: string,
  values: readonly string[],
): Pick<TargetLabel, 'yes' | 'no'> {
  const least = parseNumber(threshold)
  const odd = least === undefined ? threshold : values.find((value) => parseNumber(value) === undefined)
  if (least === undefined || odd !== undefined)
    throw new EngineError('DATA_BAD_VALUE', `The label "${column}" should be a number and is "${odd}".`)
  const isYes = (value: string) => Number(canonicalValue(value)) > least
  const [yes, no] = [values.filter(isYes), values.filter((value) => !isYes(value))]
  if (yes.length > 0 && no.length > 0) return { yes, no }
  throw new EngineError(
    'DATA_BAD_VALUE',
    `The label "${column}" is ${yes.length > 0 ? 'above' : 'not above'} ${threshold} in every row.`,
  )
}

/** Two values in that order, or undefined. */
function noAndYes(values: readonly string[]): [string, string] | undefined {
  const [one, other] = values
  if (values.length !== 2 || one === undefined || other === undefined) return undefined
  const [a, b] = [parseNumber(one), parseNumber(other)]
  if (a !== undefined && b !== undefined) return a < b ? [one, other] : [other, one]
  const order = [one, other].map((value) => canonicalValue(value).toLowerCase())
  for (const [no, yes] of pairs) {
    if (order[0] === no && order[1] === yes) return [one, other]
    if (order[0] === yes && order[1] === no) return [other, one]
  }
  return undefined
}

const quoted = (value: string): string => `"${value}"`
