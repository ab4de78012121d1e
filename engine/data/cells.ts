/** What the text of a cell means: the number it spells, and the one spelling of a category. */

const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** The finite number a cell spells in plain decimal or scientific form, or undefined. */
export function parseNumber(text: string): number | undefined {
  if (!numberPattern.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

/** One spelling for each category: numbers by value ("1.0" is "1"), text without single quotes around it. */
export function canonicalValue(text: string): string {
  const bare = text.trim().replace(/^'(.*)'$/, '$1')
  const value = parseNumber(bare)
  return value === undefined ? bare : String(value === 0 ? 0 : value)
}

/** The first value that occurs twice. */
export function duplicate(values: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return values.find((value) => seen.size === seen.add(value).size)
}
