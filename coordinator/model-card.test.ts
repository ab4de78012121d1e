import { describe, expect, it } from 'vitest'
import { parseSpec } from '#engine/spec.ts'
import { emptyState, type Run } from '#federation/state.ts'
import { tunedRun } from '#federation/tuning.ts'
import { modelCard } from './model-card.ts'

const gate = { outcome: 'passed', findings: [], signOff: null, evidence: [], ignored: [] } as const

const mlp = (width: number) => parseSpec({ kind: 'mlp', inputs: 6, hidden: [width], outputs: 3 })

/** Of two trials, of which the second did better. */
const run = {
  run: 'run-1',
  startedAt: 0,
  round: 0,
  plan: {
    rule: 'mean-probability',
    temperature: 2,
    alpha: 1,
    student: mlp(4),
    training: { epochs: 10, batchSize: 8 },
    tuning: { trials: 2, validation: 100 },
    privacy: { mode: 'masked' },
  },
  questions: [],
  trials: [
    {
      trial: 0,
      settings: {
        rule: 'mean-probability',
        loss: 'kd',
        temperature: 2,
        alpha: 1,
        student: mlp(4),
        epochs: 10,
      },
      items: 100,
      score: { accuracy: 0.5, nll: 1 },
      seconds: 1,
    },
    {
      trial: 1,
      settings: { rule: 'era', loss: 'dkd', temperature: 4, alpha: 0.7, student: mlp(8), epochs: 20 },
      items: 100,
      score: { accuracy: 0.9, nll: 0.3 },
      seconds: 1,
    },
  ],
} as unknown as Run

describe('a model card', () => {
  it('says of several targets how each was taught, and no loss of all', () => {
    const heads = [
      { name: 'angina', outputs: 3, rule: 'era', loss: 'dkd', alpha: 0.9, weight: 2 },
      { name: 'pressure', outputs: 2, rule: 'gaussian-mixture', loss: 'kd', alpha: 1, weight: 1 },
    ]
    const plan = { ...run.plan, rule: 'by-target', heads }
    const several = { ...run, plan, trials: [] } as unknown as Run
    const card = modelCard({ state: emptyState, run: several, report: {}, fidelity: {}, gate })
    const { training } = card as { training: object }
    expect(training).toMatchObject({ rule: 'by-target', heads })
    expect(Object.keys(training)).not.toEqual(expect.arrayContaining(['loss']))
    expect(Object.keys(training)).not.toEqual(expect.arrayContaining(['alpha']))
  })

  it('has the settings that taught the student, and how they did among how many', () => {
    const card = modelCard({ state: emptyState, run: tunedRun(run), report: {}, fidelity: {}, gate })
    expect(card).toMatchObject({
      // 6 x 8 + 8 and 8 x 3 + 3
      model: { spec: mlp(8), parameters: 83 },
      training: {
        rule: 'era',
        loss: 'dkd',
        alpha: 0.7,
        epochs: 20,
        batchSize: 8,
        // At which the sites answered, and at which the student met their answers.
        temperature: 2,
        temperatureSchedule: { kind: 'linear', from: 4, to: 4 },
        tuning: { chosen: { trial: 1, score: { accuracy: 0.9, nll: 0.3 } }, trials: 2 },
      },
    })
  })
})
