/** Writes the manifest of a run's next question: the whole of what the sites are asked, from the plan alone. */
import { combineRules } from '#distill/rules.ts'
import { shareKinds } from '#distill/shares.ts'
import { keyIdOf } from '#privacy/identity.ts'
import { WIRE_VERSION } from '#proto/version.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { sliceOfRound } from './plan.ts'
import type { JournalHead } from './ports.ts'
import type { FederationState, Run } from './state.ts'

export function composeManifest(
  state: FederationState,
  run: Run,
  purpose: 'teach' | 'evaluate',
  now: number,
  nonce: number,
  journalHead: JournalHead,
): QuestionManifest {
  const { plan, round } = run
  const classes = plan.student.outputs
  const slice = sliceOfRound(plan, round)
  const kindName = purpose === 'teach' ? combineRules[plan.rule].shareKind : 'evaluation-counts'
  const kind = shareKinds[kindName]
  const rows = purpose === 'teach' ? slice.rowCount : 1
  return {
    version: WIRE_VERSION,
    federation: state.founded?.federation ?? '',
    run: run.run,
    round,
    purpose,
    roster: plan.roster.map((site) => ({ site, publicKey: state.sites[site]?.publicKey ?? '' })),
    threshold: plan.threshold,
    share: {
      kind: kindName,
      rows,
      outputs: classes,
      length: kind.length({ rows, classes }),
      scale: purpose === 'teach' ? plan.scale : kind.scale,
      clip: kind.clip,
      temperature: purpose === 'teach' ? plan.temperature : 1,
    },
    ...(purpose === 'teach'
      ? {
          transfer: {
            hash: plan.transfer.hash,
            format: plan.transfer.format,
            rows: plan.transfer.rows,
            ...slice,
          },
        }
      : { studentHash: run.student?.networkHash ?? '' }),
    schemaHash: plan.schemaHash,
    privacy: { ...plan.privacy, campaign: purpose === 'teach' ? plan.transfer.rows : rows },
    openedAtMs: now,
    expiresAtMs: now + plan.deadlineMs,
    nonce,
    revoked: state.revokedKeys.map(keyIdOf),
    journalHead,
  }
}
