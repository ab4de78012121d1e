/** A coordinator that is stopped amid a search for settings goes on with the trial it was at. */
import { expect, it, vi } from 'vitest'
import { latestRun } from '#federation/state.ts'
import { runOver, smallFederation, smallRun } from '../support/small-federation.ts'

it('a search survives a restart: no trial is made twice, and the student is taught', async () => {
  const tuning = { ...smallRun, training: { epochs: 20 }, tune: 6, federatedEvaluation: false }
  const federation = await smallFederation(undefined, undefined, undefined, tuning)
  const stopped = await federation.startCoordinator()
  await federation.startSites(stopped)
  await stopped.operator.startRun({})
  await vi.waitFor(() => expect(latestRun(stopped.core.state())?.trials.length).toBeGreaterThanOrEqual(2), {
    timeout: 25_000,
    interval: 5,
  })
  await stopped.close()
  const before = latestRun(stopped.core.state())!.trials
  expect(before.length).toBeLessThan(6)

  const resumed = await federation.startCoordinator()
  const tried: number[] = []
  resumed.core.onEvent(({ event }) => {
    if (event.type === 'trial-scored') tried.push(event.trial)
  })
  const run = await runOver(resumed)
  expect(run.phase).toBe('released')
  expect(run.trials.slice(0, before.length)).toEqual(before)
  expect(run.trials.map(({ trial }) => trial)).toEqual([0, 1, 2, 3, 4, 5])
  expect(tried.every((trial) => trial >= before.length)).toBe(true)
})
