/**
 * The running coordinator: a journal, the state folded from it, and the work the state still owes.
 *
 * Everything that changes the federation goes through `commit`: one at a time, a pure decision looks at the
 * state and returns facts; the facts are appended and flushed; only then are they folded in, listeners told
 * and the caller answered. After each commit `discharge` starts whatever obligation is not under way. So
 * this file is the only place where time passes in a federation, and it holds no rule of the protocol.
 */
import { decodeEvent, encodeEvent, type Fact, type FederationEvent } from '#federation/events.ts'
import { obligationKey, obligations, type Obligation } from '#federation/obligations.ts'
import type { Clock, Journal, JournalHead, Logger } from '#federation/ports.ts'
import { emptyState, evolve, type FederationState } from '#federation/state.ts'
import { CollegiumError, describeError, errorCodeOf } from '#proto/errors.ts'
import { extendChain } from '#store/chain.ts'

export type Decide = (state: FederationState, now: number) => readonly Fact[]

export interface RecordedEvent {
  readonly sequence: number
  readonly event: FederationEvent
}

/** Does one piece of work and commits its outcome. A rejection with a storage code is tried again. */
export type Worker = (obligation: Obligation, signal: AbortSignal) => Promise<void>

export interface Core {
  state(): FederationState
  head(): JournalHead
  /** Resolves with the state after the decision's facts, if any, are on disk; rejects as `decide` throws. */
  commit(decide: Decide): Promise<FederationState>
  /** Told of every event once it is durable, in order. */
  onEvent(listener: (recorded: RecordedEvent) => void): void
  /** Begins discharging obligations with this worker; until then the core only records. */
  work(worker: Worker): void
  /** Stops the work under way and waits for it; then nothing is committed any more. */
  close(): Promise<void>
}

/**
 * Facts about the events that are about to be appended, appended with them: `state` is the one they lead to,
 * `sequence` that of the last of them, and `headAfter` works out its hash.
 */
export type Attest = (
  state: FederationState,
  events: readonly FederationEvent[],
  position: { readonly sequence: number; readonly headAfter: () => JournalHead },
  now: number,
) => readonly Fact[]

export interface CoreParts {
  readonly journal: Journal
  readonly clock: Clock
  readonly log: Logger
  readonly attest?: Attest
  /** Pause before work that failed for want of storage is tried again. */
  readonly retryMs?: number
  /** Told of work that failed for good; commits the failure. */
  readonly onFailure: (core: Core, obligation: Obligation, code: string, reason: string) => Promise<void>
}

/** Replays the journal; rejects with `JOURNAL_CORRUPT` when a record is not an event. */
export async function openCore(parts: CoreParts): Promise<Core> {
  const { journal, clock, log, retryMs = 2000, attest = () => [] } = parts
  let state = emptyState
  for await (const record of journal.read()) state = evolve(state, decodeEvent(record.bytes, record.sequence))

  const listeners: ((recorded: RecordedEvent) => void)[] = []
  const underWay = new Map<string, { abort: AbortController; done: Promise<void> }>()
  let queue: Promise<unknown> = Promise.resolve()
  let worker: Worker | undefined
  let closed = false

  const apply = async (decide: Decide): Promise<FederationState> => {
    if (closed)
      throw new CollegiumError('STORE_WRITE_FAILED', 'The coordinator is closing; nothing was recorded.')
    const now = clock()
    const facts = decide(state, now)
    if (facts.length === 0) return state
    const stamp = (fact: Fact): FederationEvent => ({ ...fact, at: now })
    const decided = facts.map(stamp)
    const position = {
      sequence: journal.head().sequence + decided.length,
      headAfter: () => extendChain(journal.head(), decided.map(encodeEvent)).at(-1) ?? journal.head(),
    }
    const events = [...decided, ...attest(decided.reduce(evolve, state), decided, position, now).map(stamp)]
    const { sequence } = await journal.append(events.map(encodeEvent))
    state = events.reduce(evolve, state)
    events.forEach((event, index) => tell({ sequence: sequence - events.length + 1 + index, event }))
    discharge()
    return state
  }

  /** What is durable has happened: a listener that throws changes nothing about it. */
  const tell = (recorded: RecordedEvent): void => {
    for (const listener of listeners) {
      try {
        listener(recorded)
      } catch (err) {
        log.error({ err, sequence: recorded.sequence }, 'a listener failed')
      }
    }
  }

  const perform = async (obligation: Obligation, signal: AbortSignal): Promise<void> => {
    try {
      await worker?.(obligation, signal)
    } catch (error) {
      if (signal.aborted) return
      const { code, message } = describeError(error)
      const fields = { obligation: obligationKey(obligation), code, err: error }
      const reason =
        code === 'INTERNAL' ? `${message} It happened at "${obligation.kind}"; the log says more.` : message
      if (errorCodeOf(error) === 'STORE_WRITE_FAILED') {
        log.warn(fields, 'work is tried again once storage recovers')
        await pause(retryMs, signal)
      } else {
        log.error(fields, 'work failed')
        await parts.onFailure(core, obligation, code, reason).catch(() => pause(retryMs, signal))
      }
    }
  }

  const discharge = (): void => {
    if (!worker || closed) return
    const due = new Map(obligations(state).map((obligation) => [obligationKey(obligation), obligation]))
    for (const [key, { abort }] of underWay) if (!due.has(key)) abort.abort()
    for (const [key, obligation] of due) {
      if (underWay.has(key)) continue
      const abort = new AbortController()
      const done = perform(obligation, abort.signal).finally(() => {
        underWay.delete(key)
        discharge()
      })
      underWay.set(key, { abort, done })
    }
  }

  const core: Core = {
    state: () => state,
    head: () => journal.head(),
    commit(decide) {
      const turn = queue.then(() => apply(decide))
      queue = turn.catch(() => undefined)
      return turn
    },
    onEvent: (listener) => void listeners.push(listener),
    work(next) {
      worker = next
      discharge()
    },
    async close() {
      closed = true
      const working = [...underWay.values()]
      for (const { abort } of working) abort.abort()
      await Promise.all(working.map(({ done }) => done))
      await queue
    },
  }
  return core
}

/** Waits, or less if aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, milliseconds)
    signal.addEventListener('abort', finish)
  })
}
