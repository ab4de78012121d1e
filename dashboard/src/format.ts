/** Numbers and times in words, the same way everywhere on the page. */

/** Decimal units: 999 B, 1.0 kB, 12.3 MB. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = count < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3))
  return `${(count / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`
}

/** 7 s, 1:05, 2:03:09; never negative. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  if (h > 0) return `${h}:${two(m)}:${two(s)}`
  return m > 0 ? `${m}:${two(s)}` : `${s} s`
}

/** 14:03:09, local time. */
export const clock = (ms: number): string => new Date(ms).toLocaleTimeString('en-GB')

export const count = (value: number): string => value.toLocaleString('en-US')

/** One noun with its number: 1 site, 5 sites. */
export const many = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? '' : 's'}`

/** Three decimals; a dash where a metric is undefined. */
export const metric = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : value.toFixed(3)

/** Like a metric, but small numbers keep two figures: 0.412, 0.00055. */
export const figure = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.01 ? String(Number(value.toPrecision(2))) : value.toFixed(3)

/** The first digits of a hash, enough to compare by eye; empty before the first record. */
export const shortHash = (hash: string): string => (hash ? `${hash.slice(0, 12)}…` : '–')
