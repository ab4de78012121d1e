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
    `Attacked: the \`${attacked.share}\` values of teacher \`${attacked.networkHash.slice(0, 16)}\` (${attacked.kind}) at temperature ${attacked.temperature}, as one site sends them; ${attacked.shadows} shadow models.`,
    '',
    ...table([
      ['attack', 'members', 'non-members', 'AUC', 'best accuracy', ...rateHeads(report), 'epsilon at least'],
      ...report.attacks.map((result) => [
        result.attack,
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
      : 'Canaries: none; this teacher is not trained here.',
    '',
    `Label frequencies: guessed from this site's answer alone they are off by ${labelLeak.alone.toFixed(3)} nats, ${labelLeak.summed === null ? 'no sum was compared' : `from the sum by ${labelLeak.summed.toFixed(3)}`}, without any answer by ${labelLeak.uninformed.toFixed(3)}.`,
    '',
    '## What this does not say',
    '',
    ...report.limits.map((limit) => `- ${limit}`),
    '',
    `Signed by ${fingerprint(publicKey)}: \`${signature.slice(0, 32)}…\`. The JSON beside this page carries the whole signature.`,
    '',
  ].join('\n')
}

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
