/** A site's ledger and previews as a person reads them. */
import type { LedgerView, Preview } from '#client/main.ts'
import { coverageText } from '#distill/transfer/coverage.ts'
import { roundedUp } from '#federation/ledger.ts'
import type { Colors } from '../colors.ts'
import { renderTable } from '../table.ts'
import { bytes, count } from '../units.ts'

type Dataset = LedgerView['datasets'][number]

export function ledgerText({ site, budget, datasets }: LedgerView, color: Colors): string {
  const head = budget
    ? `${color.bold(site)}: budget epsilon ${budget.epsilon} at delta ${budget.delta}, counted by the ${budget.unit}`
    : `${color.bold(site)}: no budget, so no answers under noise`
  if (datasets.length === 0) return `${head}\n\nnothing has been answered`
  return [head, ...datasets.map((dataset) => datasetText(dataset, budget?.epsilon, color))].join('\n\n')
}

function datasetText(
  { dataset, current, account, withoutNoise, last }: Dataset,
  budget: number | undefined,
  color: Colors,
): string {
  const modes = Object.entries(withoutNoise).map(([mode, number]) => `${number} ${mode}`)
  const lines = [`data ${dataset.slice(0, 12)}${current ? ', in use' : ''}`]
  if (account) {
    const { spent, reserved, accountant, campaigns, trainings, delta, unit } = account
    const left = budget === undefined ? '' : `, ${roundedDown(budget - reserved)} left`
    lines.push(
      `  by the ${unit}, at delta ${delta}: epsilon ${roundedUp(spent)} spent, ${roundedUp(reserved)} promised (${accountant})${left}`,
      indent(
        renderTable(
          [
            ...trainings.map(({ networkHash, mechanism: { kind, count: steps } }) => [
              `teacher ${networkHash.slice(0, 12)}`,
              'train',
              kind,
              `${steps}`,
              `${steps}`,
            ]),
            ...campaigns.map(({ run, purpose, mechanism, used }) => [
              run,
              purpose,
              mechanism.kind,
              `${used}`,
              `${mechanism.count}`,
            ]),
          ],
          { head: ['run', 'purpose', 'noise', 'used', 'reserved'], right: [3, 4], color },
        ),
      ),
    )
  }
  lines.push(`  answers without noise, which no epsilon describes: ${modes.join(', ') || 'none'}`)
  if (last.length > 0)
    lines.push(
      indent(
        renderTable(
          last.map(({ atMs, run, purpose, mode, items, charged }) => [
            new Date(atMs).toISOString().slice(0, 16).replace('T', ' '),
            run,
            purpose,
            mode,
            `${items}`,
            charged > 0 ? `${charged}` : '-',
          ]),
          { head: ['last (UTC)', 'run', 'purpose', 'mode', 'items', 'charged'], right: [4, 5], color },
        ),
      ),
    )
  return lines.join('\n')
}

export function previewText(preview: Preview, color: Colors): string {
  const { question, run, purpose, roster, threshold, expiresAtMs, mode, protection } = preview
  const { objection, answer, cost, coverage } = preview
  const lines = [
    color.bold(`question ${question}`),
    `${run}, to ${purpose}; open until ${new Date(expiresAtMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `asked of ${count(roster.length, 'site')} (${roster.join(', ')}); summed over at least ${threshold}`,
    `${mode}: ${protection}`,
    '',
  ]
  if (objection) return [...lines, `nothing would leave: ${objection.code}: ${objection.reason}`].join('\n')
  if (answer) {
    const { kind, items, bytes: size, wordBits, heads, least, most } = answer
    const kinds = heads.length > 1 ? heads.map((head) => `${head.name} ${head.kind}`).join(', ') : kind
    lines.push(
      `would leave: ${kinds} of ${count(items, 'row')}, ${bytes(size)} in words of ${count(wordBits, 'bit')}, values from ${figure(least)} to ${figure(most)}`,
      ...heads.flatMap(({ name, firstRows }) => [
        ...(name === undefined ? [] : [`${name}:`]),
        indent(
          renderTable(
            firstRows.map((row) => row.map(figure)),
            { right: firstRows[0]?.map((_, column) => column) ?? [], color },
          ),
        ),
        indent('...'),
      ]),
      mode === 'plain'
        ? 'the coordinator could read these numbers'
        : 'before masking; what leaves looks random, and the coordinator learns the sum over the sites',
    )
  }
  if (cost) {
    const { mechanism, reserves, delta, budget, before, after } = cost
    const reserved = reserves ? `; the run reserves ${reserves.count}` : ''
    lines.push(
      `costs ${mechanism.count} of ${mechanism.kind} noise${reserved}`,
      `epsilon ${roundedUp(before)} promised before, ${roundedUp(after)} after, of ${budget} at delta ${delta}`,
    )
  } else if (answer && preview.mode === 'dpsgd')
    lines.push("costs nothing more: its teacher's training has been charged")
  else if (answer) lines.push('costs no budget, as it has no noise: there is no differential privacy')
  if (coverage) lines.push(`${coverageText(coverage)}; this stays here`)
  lines.push('', 'nothing has been sent')
  return lines.join('\n')
}

const indent = (text: string) => text.replace(/^/gm, '  ')
const figure = (value: number) => `${Number(value.toFixed(4))}`
const roundedDown = (epsilon: number) => Math.floor(epsilon * 1000) / 1000
