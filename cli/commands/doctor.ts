/** `collegium doctor`: what works on this machine, and what its absence costs. */
import type { Command } from 'commander'
import { action } from '../command.ts'
import { checks, examine, type Finding } from '../doctor/checks.ts'
import type { Colors } from '../colors.ts'
import { renderTable } from '../table.ts'

export function register(command: Command): void {
  command.option('--dir <folder>', 'the folder that a coordinator or a site is to use', '.collegium')
  action(command, 'collegium doctor', async ({ output }, { dir }: { dir: string }) => {
    const findings: Finding[] = []
    for (const check of checks(dir)) findings.push(await examine(check))
    const ok = findings.every((finding) => finding.ok || !finding.required)
    output.result({ ok, checks: findings }, (color) => report(findings, color))
    if (!ok) process.exitCode = 1
  })
}

function report(findings: readonly Finding[], color: Colors): string {
  const rows = findings.map(({ name, ok, required, detail }) => [
    ok ? 'ok' : required ? 'MISSING' : 'absent',
    name,
    detail,
  ])
  const advice = findings.flatMap((finding) =>
    finding.advice ? [`${color.bold(finding.name)}: ${finding.advice}`] : [],
  )
  return [renderTable(rows, { color }), ...(advice.length > 0 ? ['', ...advice] : [])].join('\n')
}
