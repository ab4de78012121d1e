/** The plan of a small run, of one masked round over as many of the roster as masks need. */
import type { RunPlan } from '#federation/plan.ts'
import { hex } from './wire-examples.ts'

export const examplePlan = (roster: readonly string[], change: Partial<RunPlan> = {}): RunPlan => ({
  roster: [...roster],
  threshold: Math.floor((2 * roster.length) / 3) + 1,
  rounds: 1,
  transfer: { hash: hex('01'), format: 'csv', rows: 10 },
  schemaHash: hex('02'),
  rule: 'mean-probability',
  temperature: 1,
  alpha: 1,
  privacy: { mode: 'masked' },
  scale: 65_536,
  student: { kind: 'mlp', inputs: 3, hidden: [4], outputs: 2, activation: 'relu' },
  training: { epochs: 1, batchSize: 4, learningRate: 0.01, weightDecay: 0 },
  federatedEvaluation: true,
  seed: 1,
  deadlineMs: 1000,
  ...change,
})
