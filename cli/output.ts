/**
 * What a command says, and where.
 *
 * The result goes to stdout: text for a person, or with `--json` JSON and nothing else, one document a
 * line. Everything beside the result (progress, notices, errors) goes to stderr, so that stdout can always
 * be piped. With `--json` the only thing on stderr is an error, itself one line of JSON:
 * `{"error":{"code","message","hint","exit"}}`.
 */
import { errorCodeOf, errorTable } from '#proto/errors.ts'
import { colorsOf, type Colors } from './colors.ts'
import { createProgress, type Progress } from './progress.ts'

export interface Output {
  readonly json: boolean
  readonly color: Colors
  /** Bars on a terminal, lines elsewhere, nothing with `--json`. */
  readonly progress: Progress
  /** Prints the result: `value` as one line of JSON, or the text that `human` makes of it. */
  readonly result: (value: unknown, human: (color: Colors) => string) => void
  /** Prints a line for a person, on stderr; nothing with `--json`. */
  readonly note: (line: string) => void
}

export function createOutput({ json }: { json: boolean }): Output {
  const { stdout, stderr } = process
  const color = colorsOf(stdout)
  const progress = createProgress({
    mode: json ? 'silent' : stderr.isTTY ? 'bars' : 'lines',
    write: (text) => void stderr.write(text),
    size: () => ({ columns: stderr.columns ?? 80, rows: stderr.rows ?? 24 }),
    clock: () => performance.now(),
    color: colorsOf(stderr),
  })
  return {
    json,
    color,
    progress,
    result(value, human) {
      progress.stop()
      stdout.write(`${json ? JSON.stringify(value) : human(color)}\n`)
    },
    note: (line) => progress.note(line),
  }
}

/** Prints an error for a person or for a program; the stack only with COLLEGIUM_DEBUG=1. */
export function reportError(error: unknown, { json }: { json: boolean }): void {
  process.stderr.write(`${describeFailure(error, { json, color: colorsOf(process.stderr) })}\n`)
  if (process.env['COLLEGIUM_DEBUG'] === '1' && error instanceof Error)
    process.stderr.write(`${error.stack}\n`)
}

export function describeFailure(error: unknown, { json, color }: { json: boolean; color: Colors }): string {
  const code = errorCodeOf(error) ?? 'INTERNAL'
  const message = error instanceof Error ? error.message : String(error)
  const { hint, exit } = errorTable[code]
  if (json) return JSON.stringify({ error: { code, message, hint, exit } })
  return `${color.red(`error ${code}:`)} ${message}\n${color.dim('hint:')} ${hint}`
}

export function exitStatus(error: unknown): number {
  return errorTable[errorCodeOf(error) ?? 'INTERNAL'].exit
}
