/**
 * One loop for every wire: dial, stay, and when the connection is gone, dial again until told to stop.
 *
 * The pause before the n-th retry is uniform below min(cap, base * 2^n), "full jitter": when a coordinator
 * restarts, a thousand sites come back spread over the whole interval instead of in waves
 * (M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { CollegiumError } from '#proto/errors.ts'
import { limits } from '#proto/limits.ts'

/** What a dial yields: something that works until it is gone. */
export interface Connection {
  /** Resolves when the connection is lost or closed. */
  readonly gone: Promise<void>
  close(): Promise<void> | void
}

export interface KeepOptions<C extends Connection> {
  /** For sentences: what is dialled, such as an address. */
  readonly where: string
  /** One attempt; rejects when it fails, and early when the signal aborts. */
  readonly dial: (signal: AbortSignal) => Promise<C>
  readonly onState: (state: 'connected' | 'disconnected') => void
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** How long the first connection is tried for. */
  readonly giveUpAfterMs?: number | undefined
}

export interface KeptConnection<C extends Connection> {
  /** Resolves on the first connection; rejects with `LINK_UNREACHABLE` or, when closed meanwhile, `LINK_LOST`. */
  open(): Promise<void>
  current(): C | undefined
  close(): Promise<void>
}

/** Milliseconds to wait before retry number `retries` (0 is the first), given a draw from [0, 1). */
export const pauseBefore = (retries: number, draw: number): number =>
  draw * Math.min(limits.reconnectCapMs.value, limits.reconnectBaseMs.value * 2 ** retries)

export const linkLost = (where: string): CollegiumError =>
  new CollegiumError('LINK_LOST', `The link to ${where} is not connected.`)

export const linkTimeout = (where: string): CollegiumError =>
  new CollegiumError('LINK_TIMEOUT', `There was no reply from ${where} in time.`)

export function keepConnected<C extends Connection>(options: KeepOptions<C>): KeptConnection<C> {
  const { where, dial, onState, random, giveUpAfterMs = 30_000 } = options
  const stop = new AbortController()
  const { signal } = stop
  let current: C | undefined
  let lastFailure: unknown

  const stay = async (onFirst: () => void): Promise<void> => {
    for (let retries = 0; !signal.aborted; retries++) {
      try {
        const connection = await dial(signal)
        if (signal.aborted) {
          await connection.close()
          return
        }
        retries = 0
        current = connection
        onState('connected')
        onFirst()
        await connection.gone
        current = undefined
        onState('disconnected')
      } catch (error) {
        lastFailure = error
      }
      await sleep(pauseBefore(retries, random()), undefined, { signal }).catch(() => undefined)
    }
  }

  return {
    open() {
      return new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => {
          const reason = lastFailure instanceof Error ? ` (${lastFailure.message})` : ''
          const message = `No coordinator can be reached at ${where}${reason}.`
          reject(new CollegiumError('LINK_UNREACHABLE', message, { cause: lastFailure }))
          stop.abort()
        }, giveUpAfterMs)
        signal.addEventListener('abort', () => {
          clearTimeout(giveUp)
          reject(linkLost(where))
        })
        void stay(() => {
          clearTimeout(giveUp)
          resolve()
        })
      })
    },
    current: () => current,
    async close() {
      stop.abort()
      await current?.close()
    },
  }
}
