/** A report as Markdown, and its place in a document: between two comments that name the suite. */
import { CollegiumError } from '#proto/errors.ts'
import type { Report } from './harness.ts'
import { tablesOf } from './tables.ts'
import type { Table } from './tables.ts'

/** The document with this report in place of the last. */
export function withReport(document: string, report: Report): string {
  const [from, to] = placeIn(document, report.suite)
  return `${document.slice(0, from)}\n\n${toMarkdown(report)}\n\n${document.slice(to)}`
}

/** Where in a document a suite's report lies; throws USAGE when it has no place for it. */
export function placeIn(document: string, suite: string): [from: number, to: number] {
  const [start, end] = [`<!-- bench ${suite} -->`, `<!-- end of bench ${suite} -->`]
  const [from, to] = [document.indexOf(start), document.indexOf(end)]
  if (from < 0 || to < from)
    throw new CollegiumError('USAGE', `The document has no lines ${start} and ${end}.`)
  return [from + start.length, to]
}

export function toMarkdown(report: Report): string {
  return [...tablesOf(report).map(tableText), circumstances(report)].join('\n\n')
}

function tableText({ head, rows, notes }: Table): string {
  const widths = head.map((title, i) => Math.max(3, title.length, ...rows.map((row) => row[i]!.length)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const table = [line(head), rule, ...rows.map(line)].join('\n')
  return notes.length > 0 ? `${table}\n\n${notes.map((note) => `- ${escaped(note)}`).join('\n')}` : table
}

/** Reasons quote libraries, whose messages Markdown must not read. */
const escaped = (text: string): string => text.replace(/[<>*_`[\]]/g, '\\$&')

function circumstances({ machine, loadAverage, repeats, about, aims }: Report): string {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`)
  const gigabytes = Math.round(machine.memoryBytes / 1e9)
  const measured = aims.filter(({ met }) => met !== null)
  const met = measured.filter((aim) => aim.met)
  return [
    `${about ?? `Medians of ${repeats} interleaved turns`} on ${machine.cores} cores (${machine.processor}, ${gigabytes} GB)`,
    `with Node ${machine.node.slice(1)}, ${versions.join(' and ')}; the load average was ${loadAverage.before}`,
    `before and ${loadAverage.after} after.`,
    `Of ${measured.length} aims that could be measured, ${met.length} are met; a missed one stands beside its figure.`,
  ].join('\n')
}
