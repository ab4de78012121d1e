/** Just enough SVG for a report: scales, marks, and a frame with ticks. Everything is text; nothing runs. */

/** From data to pixels. */
export type Scale = (value: number) => number

export function linear([from, to]: readonly [number, number], [low, high]: readonly [number, number]): Scale {
  const span = to - from || 1
  return (value) => low + ((value - from) / span) * (high - low)
}

export function logarithmic([from, to]: readonly [number, number], pixels: readonly [number, number]): Scale {
  const scale = linear([Math.log10(from), Math.log10(to)], pixels)
  return (value) => scale(Math.log10(value))
}

/** About `count` round numbers within the range, from the steps 1, 2 and 5 times a power of ten. */
export function ticks([from, to]: readonly [number, number], count = 5): number[] {
  const rough = (to - from) / count
  if (!(rough > 0)) return [from]
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** Text from outside, safe between tags and in quoted attributes. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

type Attributes = Readonly<Record<string, string | number>>

/** One element; numbers are rounded to a tenth of a pixel. `content` is markup, not text. */
export function tag(name: string, attributes: Attributes, content = ''): string {
  const given = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? Number(value.toFixed(1)) : escaped(value)}"`,
  )
  return `<${name}${given.join('')}>${content}</${name}>`
}

export const label = (x: number, y: number, text: string, attributes: Attributes = {}): string =>
  tag('text', { x, y, ...attributes }, escaped(text))

export const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  tag('line', { x1, y1, x2, y2, class: kind })

/** A mark that tells its story when pointed at. */
export const dot = (x: number, y: number, kind: string, story: string): string =>
  tag('circle', { cx: x, cy: y, r: 4.5, class: kind }, tag('title', {}, escaped(story)))

/** `title` is read to those who cannot see the picture. */
export function picture(width: number, height: number, title: string, parts: readonly string[]): string {
  const content = `${tag('title', {}, escaped(title))}${parts.join('')}`
  return tag('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img' }, content)
}
