/** What the attacks found, as a table. */
import { artefactWords } from '#privacy/audit/report-text.ts'
import type { PrivacyReport } from '#privacy/audit/report.ts'
import type { Colors } from '../colors.ts'
import { renderTable } from '../table.ts'

export function attackTable({ attacks, canaries, claim }: PrivacyReport, color: Colors): string {
  const rows = [
    ...attacks.map(({ attack, artefact, members, nonMembers, auc, rates, epsilonAtLeast }) => [
      attack,
      artefactWords[artefact],
      `${members} / ${nonMembers}`,
      auc.toFixed(3),
      ...rates.map(({ truePositiveRate, resolved }) => `${percent(truePositiveRate)}${resolved ? '' : ' *'}`),
      epsilonAtLeast.toFixed(2),
    ]),
    ...(canaries
      ? [
          [
            'canaries',
            '',
            `${canaries.correct} of ${canaries.guesses} right`,
            '',
            ...rateHeads(attacks).map(() => ''),
            canaries.epsilonAtLeast.toFixed(2),
          ],
        ]
      : []),
  ]
  const head = ['attack', 'on', 'members / others', 'AUC', ...rateHeads(attacks), 'epsilon at least']
  const unresolved = attacks.some(({ rates }) => rates.some(({ resolved }) => !resolved))
  return [
    renderTable(rows, { head, right: head.map((_, at) => at).slice(2), color }),
    ...(unresolved ? [color.dim('* too few others for this rate; found without any false alarm')] : []),
    claim.epsilon === null
      ? 'claimed: no differential privacy'
      : `claimed: epsilon ${claim.epsilon} at delta ${claim.delta}`,
  ].join('\n')
}

const rateHeads = ([first]: PrivacyReport['attacks']): string[] =>
  (first?.rates ?? []).map(({ falsePositiveRate }) => `found at ${falsePositiveRate * 100} %`)

const percent = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`
