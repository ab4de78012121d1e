import type { Snapshot } from '#proto/snapshot.ts'
import { clock, count, shortHash } from './format.ts'

/** The end of the hash chain: what an auditor compares, and what happened last. Newest first. */
export function Journal({ journal, federation }: Pick<Snapshot, 'journal' | 'federation'>) {
  const newestFirst = [...journal.recent].sort((a, b) => b.sequence - a.sequence)
  return (
    <section class="card journal-card" aria-labelledby="journal-title">
      <div class="card-head">
        <h2 id="journal-title">Journal</h2>
        <p class="quiet">
          {`record ${count(journal.sequence)} · `}
          <code title={journal.hash}>{shortHash(journal.hash)}</code>
        </p>
      </div>
      {newestFirst.length === 0 ? (
        <p class="quiet">Nothing has happened yet.</p>
      ) : (
        <div class="scroll journal-scroll" tabIndex={0} role="group" aria-labelledby="journal-title">
          <table class="journal">
            <thead class="sr-only">
              <tr>
                <th scope="col">Record</th>
                <th scope="col">Time</th>
                <th scope="col">Event</th>
              </tr>
            </thead>
            <tbody>
              {newestFirst.map(({ sequence, atMs, line }) => (
                <tr key={sequence}>
                  <td class="number quiet">{sequence}</td>
                  <td class="numeric quiet">{clock(atMs)}</td>
                  <td>{line}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p class="quiet classes">{`Federation ${shortHash(federation.id)} · ${predicted(federation)}`}</p>
    </section>
  )
}

function predicted({ classes, targets }: Snapshot['federation']): string {
  if (targets.length > 0) return `targets ${list(targets)}`
  return classes.length === 0 ? 'predicts a number' : `classes ${list(classes)}`
}

const list = (names: readonly string[]) =>
  names.length <= 12 ? names.join(', ') : `${names.slice(0, 12).join(', ')} and ${names.length - 12} more`
