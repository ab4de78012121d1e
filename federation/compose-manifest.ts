/** Writes the manifest of a run's next question: the whole of what the sites are asked, from the plan alone. */
import { sharePartsOf } from '#distill/shares.ts'
import { keyIdOf } from '#privacy/identity.ts'
import { WIRE_VERSION } from '#proto/version.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { headWidths, itemsAsked, itemsOfRound, measuringKind, teachingKind } from './plan.ts'
import type { JournalHead } from './ports.ts'
import { askedAs, type Purpose } from './purpose.ts'
import type { FederationState, Run } from './state.ts'
import { narrowestWord } from './word-width.ts'

export function composeManifest(
  state: FederationState,
  run: Run,
  purpose: Purpose,
  now: number,
  nonce: number,
  journalHead: JournalHead,
): QuestionManifest {
  const { plan, round } = run
  const classes = plan.student.outputs
  const items = itemsOfRound(plan, round, run.chosen)
  const students = studentsOf(run, purpose)
  const kind = purpose === 'teach' ? teachingKind(plan) : measuringKind(plan)
  const heads = headWidths(plan)
  const rows = purpose === 'teach' ? items.rowCount : students.length
  const parts = sharePartsOf({ kind, rows, classes, ...(heads.length > 0 && { heads }) })
  return {
    version: WIRE_VERSION,
    federation: state.founded?.federation ?? '',
    run: run.run,
    round,
    purpose: askedAs(purpose),
    roster: plan.roster.map((site) => ({ site, publicKey: state.sites[site]?.publicKey ?? '' })),
    threshold: plan.threshold,
    share: {
      kind,
      rows,
      outputs: classes,
      length: parts.reduce((sum, part) => sum + part.length, 0),
      scale: purpose === 'teach' ? plan.scale : Math.max(1, ...parts.map((part) => part.kind.scale)),
      clip: parts.length === 1 ? (parts[0]?.clip ?? 0) : 0,
      temperature: purpose === 'teach' ? plan.temperature : 1,
      ...(purpose === 'teach' &&
        plan.bits !== undefined && { wordBits: narrowestWord(parts, plan.scale, plan.roster.length) }),
      ...(purpose === 'teach' && plan.topK !== undefined && { top: plan.topK }),
      heads,
    },
    ...(purpose === 'teach' && {
      transfer: {
        hash: plan.transfer.hash,
        format: plan.transfer.format,
        rows: plan.transfer.rows,
        ...items,
        ...(plan.transfer.labelsHash !== undefined &&
          parts.some((part) => part.kind.readsLabels) && { labelsHash: plan.transfer.labelsHash }),
      },
    }),
    studentHashes: students,
    schemaHash: plan.schemaHash,
    privacy: { ...plan.privacy, campaign: purpose === 'teach' ? itemsAsked(plan) : rows },
    openedAtMs: now,
    expiresAtMs: now + plan.deadlineMs,
    nonce,
    revoked: state.revokedKeys.map(keyIdOf),
    journalHead,
    ...(plan.groups && purpose === 'teach' && { groups: plan.groups }),
    ...(plan.digest &&
      run.digestHash !== undefined &&
      purpose === 'teach' && { digest: { hash: run.digestHash, epochs: plan.digest.epochs } }),
  }
}

/** Whom the question measures, each once: rules that teach the same make the same student. */
function studentsOf({ candidates, student }: Run, purpose: Purpose): string[] {
  if (purpose === 'teach') return []
  if (purpose === 'evaluate') return [student?.networkHash ?? '']
  return [...new Set(candidates.map(({ networkHash }) => networkHash))]
}
