import { expect, it } from 'vitest'
import { examplePlan } from '../test/support/example-plan.ts'
import { describeEvent } from './describe-event.ts'
import type { RunPlan } from './plan.ts'

const started = (change: Partial<RunPlan>) =>
  describeEvent({ type: 'run-started', at: 0, run: 'run-1', plan: examplePlan(['north', 'south'], change) })

it('says by which rule a run combines answers, and of several targets by which each', () => {
  expect(started({ rule: 'era' })).toBe('run-1 started: 2 sites, era, seed 1')
  const usual = { outputs: 2, loss: 'kd', alpha: 1, weight: 1 } as const
  const heads: RunPlan['heads'] = [
    { ...usual, name: 'angina', rule: 'era' },
    { ...usual, name: 'pressure', rule: 'gaussian-mixture' },
  ]
  expect(started({ rule: 'by-target', heads })).toBe(
    'run-1 started: 2 sites, angina era, pressure gaussian-mixture, seed 1',
  )
})
