/** Wraps a journal so that the process dies, as by SIGKILL from outside, just before or just after one append. */
import type { Journal } from '#federation/ports.ts'

export interface KillPoint {
  readonly when: 'before' | 'after'
  /** Appends of this process, counted from 1. */
  readonly append: number
}

/** Before: the work is done and nothing is recorded. After: it is on disk and nobody has been told. */
export function killingJournal({ when, append: fatal }: KillPoint): (journal: Journal) => Journal {
  let count = 0
  return (journal) => ({
    ...journal,
    async append(records) {
      count++
      if (count === fatal && when === 'before') return die()
      const head = await journal.append(records)
      return count === fatal ? die() : head
    },
  })
}

function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined) // not another instruction of ours
}

/** From the arguments of a process: `before 3`, or nothing. */
export function killPointOf([when, append]: readonly string[]): KillPoint | undefined {
  return when === 'before' || when === 'after' ? { when, append: Number(append) } : undefined
}
