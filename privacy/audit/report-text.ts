/** A signed privacy report as a page that a privacy officer reads. */
import { fingerprint } from '../identity.ts'
import type { AttackResult, PrivacyReport, SignedReport } from './report.ts'

export function reportMarkdown({ report, publicKey, signature }: SignedReport): string {
  const { claim, attacked, canaries, labelLeak } = report
  return [
    `# Privacy report of ${report.site}`,
    '',
    `Made ${report.madeAt}, federation \`${report.federation.slice(0, 16)}\`. ${promise(report)}`,
    '',
    '## The claim',
    '',
    ...table([
      ['', ''],
      ['mode', claim.mode],
      ['unit', claim.unit],
      ['neighbours', claim.neighbours],
      ['epsilon', claim.epsilon === null ? 'none claimed' : String(claim.epsilon)],
      ['delta', claim.delta === null ? 'none claimed' : String(claim.delta)],
      ['accountant', claim.accountant ?? 'none'],
      ['questions', String(claim.questions)],
    ]),
    '',
    ...claim.assumptions.map((assumption) => `- It assumes: ${assumption}`),
    ...(claim.assumptions.length > 0 ? [''] : []),
    '## The attacks',
    '',
    `Attacked: ${whatOf(attacked)}; ${attacked.shadows} shadow models.`,
    '',
    ...table([
      [
        'attack',
        'on',
        'members',
        'non-members',
        'AUC',
        'best accuracy',
        ...rateHeads(report),
        'epsilon at least',
      ],
      ...report.attacks.map((result) => [
        result.attack,
        artefactWords[result.artefact],
        String(result.members),
        String(result.nonMembers),
        result.auc.toFixed(3),
        percent(result.balancedAccuracy),
        ...result.rates.map(rateText),
        `${result.epsilonAtLeast.toFixed(2)} (delta ${result.delta})`,
      ]),
    ]),
    '',
    canaries
      ? `Canaries: ${canaries.correct} of ${canaries.guesses} guesses about ${canaries.canaries} canaries were right, so epsilon is at least ${canaries.epsilonAtLeast.toFixed(2)} (delta ${canaries.delta}, 95 % confidence).`
      : 'Canaries: none; what was attacked is not trained here.',
    '',
    ...(labelLeak ? [labelText(labelLeak), ''] : []),
    '## What this does not say',
    '',
    ...report.limits.map((limit) => `- ${limit}`),
    '',
    `Signed by ${fingerprint(publicKey)}: \`${signature.slice(0, 32)}…\`. The JSON beside this page carries the whole signature.`,
    '',
  ].join('\n')
}

/** How tables name what an attack was made on. */
export const artefactWords: Readonly<Record<AttackResult['artefact'], string>> = {
  answer: 'the answer',
  'answer-before-noise': 'the answer before its noise, which stays here',
  'noised-answers': 'the answers under noise',
  student: 'the student',
}

const whatOf = ({ kind, networkHash, share, temperature }: PrivacyReport['attacked']): string =>
  kind === 'student'
    ? `student \`${networkHash.slice(0, 16)}\`, with the rows of this site`
    : `the \`${share}\` values of teacher \`${networkHash.slice(0, 16)}\` (${kind}) at temperature ${temperature}, as one site sends them`

const labelText = ({ alone, summed, uninformed }: NonNullable<PrivacyReport['labelLeak']>): string =>
  `Label frequencies: guessed from this site's answer alone they are off by ${alone.toFixed(3)} nats, ${summed === null ? 'no sum was compared' : `from the sum by ${summed.toFixed(3)}`}, without any answer by ${uninformed.toFixed(3)}.`

const promise = ({ claim: { epsilon, delta } }: PrivacyReport): string =>
  epsilon === null ? 'No differential privacy is claimed.' : `Claimed: epsilon ${epsilon} at delta ${delta}.`

const rateHeads = ({ attacks: [first] }: PrivacyReport): string[] =>
  (first?.rates ?? []).map(({ falsePositiveRate }) => `found at ${falsePositiveRate * 100} % false alarms`)

function rateText({ truePositiveRate, interval, resolved }: AttackResult['rates'][number]): string {
  const range = `${percent(truePositiveRate)} (${percent(interval.low)} to ${percent(interval.high)})`
  return resolved ? range : `${range}, too few non-members`
}

const percent = (fraction: number): string => `${(fraction * 100).toFixed(1)} %`

function table([head = [], ...rows]: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}
