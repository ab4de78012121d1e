/** The model card: what this student is, what taught it, how it was measured, and what it is not. */
import { parameterCount } from '#engine/layout.ts'
import { summedSites } from '#federation/grouping.ts'
import { lossOf } from '#federation/plan.ts'
import { coordinatorKeyOf, ruleOf, type FederationState, type Run } from '#federation/state.ts'
import { privacyNote, promiseOf } from '#federation/privacy-plan.ts'
import { bestTrial } from '#federation/tuning.ts'
import type { ReleaseGate } from './release-gate.ts'

export function modelCard({
  state,
  run,
  report,
  fidelity,
  gate,
}: {
  readonly state: FederationState
  readonly run: Run
  readonly report: unknown
  /** Largest difference between the predictions of each exported file, loaded back, and the student's. */
  readonly fidelity: Readonly<Record<string, number>>
  readonly gate: ReleaseGate
}): object {
  const { plan } = run
  const sums = run.questions.flatMap((id) => {
    const question = state.questions[id]
    return question ? summedSites(question, plan) : []
  })
  return {
    version: 1,
    name: `${state.founded?.name ?? ''} student, ${run.run}`,
    federation: {
      id: state.founded?.federation,
      name: state.founded?.name,
      coordinatorKey: coordinatorKeyOf(state),
    },
    run: { id: run.run, startedAt: new Date(run.startedAt).toISOString(), seed: plan.seed },
    model: {
      spec: plan.student,
      parameters: parameterCount(plan.student),
      networkHash: run.student?.networkHash,
    },
    classes: state.founded?.classes,
    training: {
      method: 'multi-teacher distillation from sums of predictions',
      rule: ruleOf(run, run.round),
      ...(run.selection && { ruleSelection: run.selection }),
      ...(plan.tuning && { tuning: { chosen: bestTrial(run), trials: run.trials.length } }),
      ...(plan.margin !== undefined && { margin: plan.margin }),
      // Of several targets each has its own rule, loss and alpha.
      ...(plan.heads ? { heads: plan.heads } : { loss: lossOf(plan), alpha: plan.alpha }),
      ...(plan.relation && { relation: plan.relation }),
      ...(plan.hint !== undefined && { hint: plan.hint }),
      ...(plan.attention !== undefined && { attention: plan.attention }),
      temperature: plan.temperature,
      temperatureSchedule: plan.temperatureSchedule,
      alphaSchedule: plan.alphaSchedule,
      rounds: plan.rounds,
      ...(plan.digest && { digest: plan.digest }),
      ...(plan.generations !== undefined && {
        generations: plan.generations,
        releasedGeneration: (run.student?.generation ?? 0) + 1,
      }),
      ...plan.training,
      transferSet: plan.transfer,
      schemaHash: plan.schemaHash,
      sitesInEachSum: sums.map((sites) => sites.length),
    },
    privacy: {
      mode: plan.privacy.mode,
      notice: privacyNote(plan),
      rawDataLeftSites: false,
      differentialPrivacy: promiseOf(plan.privacy) ?? 'none',
      audit: gate,
    },
    evaluation: report,
    exports: { tolerance: 1e-5, largestDifference: fidelity },
    limits:
      'Measured on the hold-out named above and nowhere else; not a medical or credit decision by itself.',
  }
}
