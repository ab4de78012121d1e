/** The table at the end of a run: the student beside everything it is compared with. */
import type { ArmView } from '#proto/snapshot.ts'
import type { Colors } from './output.ts'
import { renderTable } from './table.ts'
import { metric } from './units.ts'

/** One row an arm, one column a metric, in the order in which the first arm has them; the student in bold. */
export function armsTable(arms: readonly ArmView[], color: Colors): string {
  const names = [...new Set(arms.flatMap(({ metrics }) => Object.keys(metrics)))]
  const student = arms.find(({ kind }) => kind === 'student')?.name
  const rows = arms.map(({ name, metrics }) => [name, ...names.map((each) => metric(metrics[each]))])
  return renderTable(rows, {
    head: ['', ...names],
    right: names.map((_, at) => at + 1),
    emphasise: ([name]) => name === student,
    color,
  })
}
