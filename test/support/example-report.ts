/** A small, valid report: a student at 90 %, one teacher at 80 %. */
import { measuredTogether } from '#distill/heads/several.ts'
import type { Measured } from '#distill/measured.ts'
import type { Metrics } from '#distill/metrics.ts'
import { assembleReport } from '#distill/assemble-report.ts'
import type { Report } from '#distill/report.ts'

const measured = (accuracy: number): Metrics => ({
  rows: 10,
  accuracy,
  macroF1: accuracy,
  auroc: null,
  auprc: null,
  auprcBaseline: null,
  nll: 0.5,
  brier: 0.2,
  ece: 0.1,
  perClass: [],
  reliability: [{ rows: 10, confidence: 8, correct: 10 * accuracy }],
})

export const exampleReport: Report = assembleReport(
  {
    task: 'classify',
    rule: 'mean-probability',
    loss: 'kd',
    temperature: 2,
    alpha: 1,
    student: 'mlp:8',
    classes: ['no', 'yes'],
    privacy: { mode: 'plain', unit: 'none', epsilon: null, delta: null, note: 'answers are not masked' },
  },
  [
    {
      seed: 1,
      student: { ...measured(0.9), agreement: 0.95, meanKl: 0.01 },
      teachers: [{ site: 'north', metrics: measured(0.8) }],
      bytes: { upPerSite: 1200, downPerSite: 6600, fedAvgUpPerSite: 59_000, fedAvgRounds: 10 },
      seconds: { teachers: 1, answers: 0.5, distil: 2, evaluate: 0.25, total: 12.3 },
    },
  ],
)

/** Likewise, of two targets: "angina" as above, and "pressure", a number missed by 12, and by the teacher by 15. */
export const severalTargetsReport: Report = assembleReport(
  {
    task: 'multitask',
    rule: 'angina era, pressure gaussian-mixture',
    loss: 'angina dkd, pressure kd',
    heads: [
      { name: 'angina', rule: 'era', loss: 'dkd', weight: 2 },
      { name: 'pressure', rule: 'gaussian-mixture', loss: 'kd', weight: 1 },
    ],
    temperature: 1,
    alpha: 1,
    student: 'mlp:8',
    classes: [],
    privacy: { mode: 'plain', unit: 'none', epsilon: null, delta: null, note: 'answers are not masked' },
  },
  [
    {
      seed: 1,
      student: bothMeasured(0.9, 12),
      teachers: [{ site: 'north', metrics: bothMeasured(0.8, 15) }],
      bytes: { upPerSite: 1200, downPerSite: 6600, fedAvgUpPerSite: 59_000, fedAvgRounds: 10 },
      seconds: { teachers: 1, answers: 0.5, distil: 2, evaluate: 0.25, total: 12.3 },
    },
  ],
)

function bothMeasured(accuracy: number, rmse: number): Measured {
  const classes = ['none', 'stable', 'unstable']
  const number = { rows: 10, rmse, mae: rmse, nll: 4, coverage50: 0.5, coverage90: 0.9, width90: 40 }
  return measuredTogether(
    [
      { name: 'angina', task: 'classify', classes, metrics: measured(accuracy) },
      { name: 'pressure', task: 'regress', classes: [], metrics: number },
    ],
    10,
  )
}
