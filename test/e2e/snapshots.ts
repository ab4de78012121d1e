/** A small federation at telling moments of its life, as the coordinator would describe it. */
import type { ArmView, CurvePoint, RunView, SiteView, Snapshot } from '#proto/snapshot.ts'

const startedAtMs = Date.UTC(2026, 0, 5, 9, 30)
const names = ['aurora', 'birch', 'cedar', 'dune', 'ember']

export const site = (name: string, change: Partial<SiteView> = {}): SiteView => ({
  site: name,
  enrolment: 'approved',
  connected: true,
  activity: 'idle',
  note: '',
  progress: 0,
  trainingRows: 400,
  answered: 0,
  bytesUp: 1200,
  bytesDown: 48_000,
  ...change,
})

export const founded: Snapshot = {
  version: 1,
  atMs: startedAtMs,
  federation: {
    name: 'Riverside cohort',
    id: '5e'.repeat(32),
    coordinatorFingerprint: 'k7wd-93fm-2hxa-p0qe',
    classes: ['low risk', 'high risk'],
    targets: [],
  },
  privacyNotice: 'answers are not masked',
  sites: [],
  journal: {
    sequence: 1,
    hash: 'c4'.repeat(32),
    recent: [{ sequence: 1, atMs: startedAtMs, line: 'federation Riverside cohort founded' }],
  },
}

export const waiting: Snapshot = {
  ...founded,
  sites: [
    site('aurora'),
    site('birch', { connected: false, trainingRows: 0 }),
    site('cedar', { enrolment: 'pending', trainingRows: 0 }),
    site('dune', { enrolment: 'invited', connected: false, trainingRows: 0, bytesDown: 0, bytesUp: 0 }),
    site('ember', { enrolment: 'revoked', connected: false }),
  ],
}

export const run = (change: Partial<RunView> = {}): RunView => ({
  run: 'run-1',
  phase: 'asking',
  round: 0,
  rounds: 2,
  startedAtMs,
  roster: names,
  curve: [],
  arms: [],
  files: [],
  ...change,
})

const asking = run({
  question: {
    id: 'ab'.repeat(32),
    purpose: 'teach',
    items: 1500,
    answered: ['aurora', 'cedar'],
    refused: ['ember'],
    expiresAtMs: startedAtMs + 160_000,
  },
})

/** Follows 1 - exp(-epoch / tau), so that every value can be told from its epoch. */
export const curve = (epochs: number, rounds = 2): CurvePoint[] =>
  Array.from({ length: epochs }, (_, index) => {
    const learnt = 1 - Math.exp(-(index + 1) / 12)
    return {
      round: Math.floor((index * rounds) / epochs),
      epoch: index + 1,
      loss: 0.69 - 0.31 * learnt,
      accuracy: 0.55 + 0.33 * learnt,
    }
  })

const metrics = (accuracy: number, nll: number): ArmView['metrics'] => ({
  accuracy,
  macroF1: accuracy - 0.012,
  auroc: accuracy + 0.045,
  auprc: accuracy + 0.021,
  nll,
  ece: nll / 12,
  agreement: accuracy + 0.06,
})

export const arms: readonly ArmView[] = [
  { name: 'aurora', kind: 'teacher', metrics: metrics(0.791, 0.512) },
  { name: 'birch', kind: 'teacher', metrics: metrics(0.754, 0.588) },
  { name: 'cedar', kind: 'teacher', metrics: metrics(0.812, 0.471) },
  { name: 'dune', kind: 'teacher', metrics: metrics(0.737, 0.634) },
  { name: 'ember', kind: 'teacher', metrics: { ...metrics(0.768, 0.566), auroc: null } },
  { name: 'student', kind: 'student', metrics: metrics(0.866, 0.371) },
  { name: 'ensemble', kind: 'ensemble', metrics: { ...metrics(0.861, 0.366), agreement: 1 } },
  { name: 'pooled', kind: 'pooled', metrics: metrics(0.883, 0.342) },
  { name: 'no distillation', kind: 'no-distillation', metrics: metrics(0.779, 0.541) },
]

const at = (seconds: number, line: string, sequence: number, change: Partial<Snapshot>): Snapshot => ({
  ...founded,
  atMs: startedAtMs + seconds * 1000,
  sites: names.map((name) => site(name)),
  journal: {
    sequence,
    hash: sequence.toString(16).padStart(64, '0'),
    recent: [...founded.journal.recent, { sequence, atMs: startedAtMs + seconds * 1000, line }],
  },
  ...change,
})

export const life = {
  founded,
  waiting,
  asking: at(42, 'answer of cedar accepted, 12.0 kB', 17, {
    run: asking,
    sites: [
      site('aurora', { answered: 1, bytesUp: 13_320 }),
      site('birch', { activity: 'training', note: 'training the teacher, epoch 12 of 60', progress: 0.2 }),
      site('cedar', { answered: 1, bytesUp: 13_280, trainingRows: 1260 }),
      site('dune', { activity: 'answering', note: 'predicting 1,500 items', progress: 0.7 }),
      site('ember', { connected: false }),
    ],
  }),
  distilling: at(75, 'sum of 4 answers revealed', 22, {
    run: run({ phase: 'distilling', round: 1, curve: curve(28) }),
  }),
  released: at(96, 'student released, 3 files', 25, {
    run: run({
      phase: 'released',
      round: 1,
      endedAtMs: startedAtMs + 96_000,
      curve: curve(60),
      arms,
      files: [
        { name: 'student.onnx', href: '/api/runs/run-1/files/student.onnx', bytes: 21_480 },
        { name: 'model.json', href: '/api/runs/run-1/files/model.json', bytes: 2_312 },
        { name: 'card.json', href: '/api/runs/run-1/files/card.json', bytes: 4_102 },
      ],
    }),
  }),
  failed: at(161, 'run failed: RUN_NO_QUORUM', 19, {
    run: run({
      phase: 'failed',
      endedAtMs: startedAtMs + 160_000,
      failure: 'RUN_NO_QUORUM: 2 of 5 sites answered before the deadline; 4 are needed.',
    }),
  }),
} satisfies Record<string, Snapshot>
