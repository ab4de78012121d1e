/** Reference pages that are tables of the code: what they list cannot drift from what it does. */
import { errorTable } from '#proto/errors.ts'
import { limits, type Limit } from '#proto/limits.ts'

const NOTE = (source: string) => `<!-- Generated from ${source} by \`npm run generate\`; do not edit. -->`

/** docs/limits.md */
export function limitsPage(): string {
  const rows = Object.entries(limits).map(([name, row]) => [`\`${name}\``, quantity(row), row.why])
  return page(
    'Limits',
    'proto/limits.ts',
    'Every bound on what crosses a wire. What is over a limit is refused with a code; nothing is cut silently, except prose for people where it says so. Text is counted in UTF-16 code units.',
    table(['limit', 'value', 'why'], rows),
  )
}

/** docs/errors.md */
export function errorsPage(): string {
  const rows = Object.entries(errorTable).map(([code, { exit, http, hint }]) => [
    `\`${code}\``,
    `${exit}`,
    `${http}`,
    hint,
  ])
  return page(
    'Errors',
    'proto/errors.ts',
    'Every failure a person can meet has a code: programs read the code, people the sentence and the hint. A command that fails exits with the status below; HTTP replies carry the HTTP status and `{ "error": { "code", "message", "hint" } }`. Exit statuses: 2 usage, 3 configuration, 4 data, 5 identity and trust, 6 protocol, 7 storage, 8 network, 9 engine, 10 a run that failed, 70 a defect of ours.',
    table(['code', 'exit', 'HTTP', 'what to do'], rows),
  )
}

function page(title: string, source: string, introduction: string, body: string): string {
  return `# ${title}\n\n${NOTE(source)}\n\n${introduction}\n\n${body}\n`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** 524288 bytes -> "512 KiB"; 60000 milliseconds -> "60 s". */
function quantity({ value, unit }: Limit): string {
  if (unit === 'bytes') {
    for (const [size, name] of [
      [2 ** 30, 'GiB'],
      [2 ** 20, 'MiB'],
      [2 ** 10, 'KiB'],
    ] as const)
      if (value % size === 0) return `${value / size} ${name}`
  }
  if (unit === 'milliseconds') return value % 1000 === 0 ? `${value / 1000} s` : `${value} ms`
  return unit === 'items' ? value.toLocaleString('en') : `${value.toLocaleString('en')} ${unit}`
}
