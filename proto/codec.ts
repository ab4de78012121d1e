/**
 * Fields: how one value looks inside the product, how it looks on the wire, and what it may be.
 *
 * A message is a record of fields, written once. From it follow the TypeScript type of the message, the
 * mapping to and from the generated protobuf classes, and every check, the same ones on the way out as on
 * the way in. Inside, hashes, keys and ids are lowercase hex and only payloads are bytes; names are
 * camelCase, and their snake_case forms on the wire are derived.
 *
 *     const receipt = record({ question: hex32 })     // a table
 *     type Receipt = Domain<typeof receipt>           // { readonly question: string }
 *     receipt.toWire({ question: 'ab…' }, 'receipt')  // { question: Uint8Array(32) }
 */
export interface Field<T> {
  // Methods, not function properties: their parameters are compared loosely, which tables of fields need.
  /** Throws `FieldProblem` when the value may not be sent. */
  toWire(this: void, value: T, path: string): unknown
  /** Throws `FieldProblem` when the value may not be accepted. */
  fromWire(this: void, wire: unknown, path: string): T
  /** Whether the key is left out where the wire has nothing. */
  readonly optional?: boolean
}

export type Fields = Readonly<Record<string, Field<unknown>>>
/** The type of the values that a field describes. */
export type Domain<F> = F extends Field<infer T> ? T : never

type Flat<T> = { [K in keyof T]: T[K] }
type OptionalKeys<F> = { [K in keyof F]: F[K] extends { readonly optional: true } ? K : never }[keyof F]
type RecordOf<F> = Flat<
  { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: Domain<F[K]> } & {
    readonly [K in OptionalKeys<F>]?: Domain<F[K]>
  }
>

/** One phrase about one field, without a code: whoever decodes the whole knows which code applies. */
export class FieldProblem extends Error {}

function problem(path: string, phrase: string): never {
  throw new FieldProblem(`${path} ${phrase}`)
}

function check(holds: boolean, path: string, phrase: string): void {
  if (!holds) problem(path, phrase)
}

/** Bytes of a length in [min, max]. */
export function bytes(min: number, max: number): Field<Uint8Array> {
  const checked = (value: unknown, path: string): Uint8Array => {
    if (!(value instanceof Uint8Array)) return problem(path, 'must be bytes')
    const wanted = min === max ? `${min}` : `${min} to ${max}`
    check(
      value.length >= min && value.length <= max,
      path,
      `has ${value.length} bytes; it must have ${wanted}`,
    )
    return value
  }
  return {
    toWire: checked,
    // A plain Uint8Array, whether the frame was one or a Buffer: the two do not compare equal.
    fromWire: (wire, path) => plain(checked(wire, path)),
  }
}

/** Text of at most `max` UTF-16 code units that matches `pattern`, which `form` names. */
export function text(max: number, pattern: RegExp, form: string): Field<string> {
  const checked = (value: unknown, path: string): string => {
    if (typeof value !== 'string') return problem(path, 'must be text')
    check(value.length <= max, path, `has ${value.length} characters; it may have ${max}`)
    check(!/\p{Surrogate}/u.test(value) && pattern.test(value), path, `must be ${form}`)
    return value
  }
  return { toWire: checked, fromWire: checked }
}

/** One line for people: on the way out what could break or reorder the line becomes a space, and what is too long is cut. */
export function prose(max: number): Field<string> {
  const line = text(max, /^[^\p{Control}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u, 'one line of text')
  return {
    toWire: (value, path) => line.toWire(shorten(value.replace(BREAKS, ' '), max), path),
    fromWire: line.fromWire,
  }
}
/** Control characters, line and paragraph separators, bidirectional overrides, halves of surrogate pairs. */
const BREAKS = /[\p{Control}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\p{Surrogate}]+/gu

/** A whole number in [min, max]. */
export function integer(min: number, max: number): Field<number> {
  const checked = (value: unknown, path: string): number => {
    if (!Number.isSafeInteger(value)) return problem(path, 'must be a whole number below 2^53')
    const whole = value as number
    check(whole >= min && whole <= max, path, `is ${whole}; it must lie in [${min}, ${max}]`)
    return whole
  }
  return { toWire: checked, fromWire: (wire, path) => checked(fromLong(wire), path) }
}

/** protobufjs reads 64-bit integers as pairs of halves where the package "long" is about, else as numbers. */
function fromLong(wire: unknown): unknown {
  if (typeof wire !== 'object' || wire === null) return wire
  const { low, high } = wire as { low: number; high: number }
  return (high >>> 0) * 2 ** 32 + (low >>> 0)
}

/** A finite number in [min, max]. */
export function real(min: number, max: number): Field<number> {
  const checked = (value: unknown, path: string): number => {
    if (typeof value !== 'number' || !(value >= min && value <= max))
      return problem(path, `is ${String(value)}; it must lie in [${min}, ${max}]`)
    return value
  }
  return { toWire: checked, fromWire: checked }
}

/** One of a list of words; on the wire an enum whose values count from 0 in the same order. */
export function choice<const T extends string>(words: readonly T[]): Field<T> {
  return {
    toWire(value, path) {
      check(words.includes(value), path, `must be one of ${words.join(', ')}`)
      return words.indexOf(value)
    },
    fromWire: (wire, path) =>
      words[Number(wire)] ?? problem(path, `is ${String(wire)}, which this version does not know`),
  }
}

/** Absent when the wire has no bytes, no text, no message or a zero there. */
export function optional<T>(field: Field<T>): Field<T> & { readonly optional: true } {
  return { ...field, optional: true }
}

/** Allows '' beside what `field` allows. */
export function orEmpty(field: Field<string>): Field<string> {
  return {
    toWire: (value, path) => (value === '' ? undefined : field.toWire(value, path)),
    fromWire: (wire, path) => (isNothing(wire) ? '' : field.fromWire(wire, path)),
  }
}

/** At most `max` items. */
export function list<T>(max: number, item: Field<T>): Field<readonly T[]> {
  const each = <A, B>(items: readonly A[], path: string, convert: (item: A, path: string) => B): B[] => {
    check(items.length <= max, path, `has ${items.length} items; it may have ${max}`)
    return items.map((value, index) => convert(value, `${path}[${index}]`))
  }
  return {
    toWire: (values, path) => each(values, path, item.toWire),
    fromWire: (wire, path) => each(Array.isArray(wire) ? (wire as unknown[]) : [], path, item.fromWire),
  }
}

/** A message with these fields and no others. */
export function record<const F extends Fields>(fields: F): Field<RecordOf<F>> {
  const rows = Object.entries(fields).map(([name, field]) => ({ name, field, wireName: snakeCase(name) }))
  return {
    toWire(value, path) {
      const source = value as Readonly<Record<string, unknown>>
      const wire: Record<string, unknown> = {}
      for (const { name, field, wireName } of rows) {
        if (field.optional && source[name] === undefined) continue
        wire[wireName] = field.toWire(source[name], `${path}.${name}`)
      }
      return wire
    },
    fromWire(wire, path) {
      if (typeof wire !== 'object' || wire === null) return problem(path, 'is missing')
      const source = wire as Readonly<Record<string, unknown>>
      check(isNothing(source['$unknowns']), path, 'has a field that this version does not know')
      const value: Record<string, unknown> = {}
      for (const { name, field, wireName } of rows) {
        if (field.optional && isNothing(source[wireName])) continue
        value[name] = field.fromWire(source[wireName], `${path}.${name}`)
      }
      return value as RecordOf<F>
    },
  }
}

export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** A view of the same memory, without Buffer's methods. */
function plain(value: Uint8Array): Uint8Array {
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}

function isNothing(wire: unknown): boolean {
  return wire === undefined || wire === null || wire === 0 || (wire as { length?: number }).length === 0
}

/** Never cuts a surrogate pair in two. */
function shorten(value: string, max: number): string {
  return value.length <= max ? value : `${value.slice(0, max - 1).replace(/\p{Surrogate}$/u, '')}…`
}
