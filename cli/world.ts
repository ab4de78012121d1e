/** The real clock, the real randomness and a logger: what a composition root hands to the parts. */
import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import type { Clock, Logger, SecureRandom } from '#federation/ports.ts'
import type { Output } from './output.ts'

export const systemClock: Clock = () => Date.now()

export const systemRandom: SecureRandom = (length) => new Uint8Array(randomBytes(length))

/**
 * For a person one line a message on stderr; with `--json` pino's JSON lines on stdout, for a log collector, or
 * on stderr where stdout belongs to a result.
 */
export function createLogger(output: Output, stream: 'stdout' | 'stderr' = 'stdout'): Logger {
  if (output.json) return pino({ base: null }, pino.destination(stream === 'stdout' ? 1 : 2))
  const line = (mark: string) => (fields: object, message: string) => {
    const time = output.color.dim(new Date().toISOString().slice(11, 19))
    const details = Object.entries(fields)
      .map(([key, value]) => ` ${key}=${value instanceof Error ? value.message : String(value)}`)
      .join('')
    output.note(`${time} ${mark}${message}${output.color.dim(details)}`)
  }
  return {
    info: line(''),
    warn: line(output.color.yellow('warning: ')),
    error: line(output.color.red('error: ')),
  }
}
