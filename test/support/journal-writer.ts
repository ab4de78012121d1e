/**
 * A process that appends to a journal, one record after another, and prints each acknowledged sequence:
 * `node … journal-writer.ts FOLDER`. On a failed append it prints the error's code and tries again at once.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { openLmdbJournal } from '../../store/lmdb-journal.ts'

const journal = await openLmdbJournal(process.argv[2]!)
console.log('open', journal.head().sequence)
for (;;) {
  const next = journal.head().sequence + 1
  try {
    // Two records an append, so that half an append would show.
    const { sequence } = await journal.append([recordOf(next), recordOf(next + 1)])
    console.log(sequence)
  } catch (error) {
    console.log((error as { code: string }).code)
    await sleep(20)
  }
  await sleep(0)
}

function recordOf(sequence: number): Uint8Array {
  return new TextEncoder().encode(`record ${sequence} `.padEnd(1000, '.'))
}
