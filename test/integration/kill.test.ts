/** A few cells of the kill matrix (test/chaos/kill-matrix.test.ts), for every day. */
import { afterAll, expect, it, vi } from 'vitest'
import {
  essence,
  expectAnsweredOnce,
  expectCharged,
  killCoordinator,
  killSite,
  makeTemplate,
  type Outcome,
  type Template,
} from '../support/kill-case.ts'

vi.setConfig({ testTimeout: 60_000 }) // each plays a whole run, and starts processes in it

let template: Promise<Template> | undefined
let undisturbed: Promise<Outcome> | undefined
const theTemplate = () => (template ??= makeTemplate())
const expected = async () => (undisturbed ??= killSite(await theTemplate()))
afterAll(async () => (await template)?.remove())

it('nobody is killed', async () => {
  const outcome = await expected()
  expect(essence(outcome).student).toHaveLength(1)
  expectAnsweredOnce(outcome)
  expectCharged(outcome.sites.north)
})

it('a coordinator killed while it asks, and again while it distils, ends with the same student', async () => {
  const outcome = await killCoordinator(await theTemplate(), [
    { when: 'after', append: 4 }, // two answers are in, the second site has no receipt
    { when: 'before', append: 3 }, // in its second life: the third answer, the sum, the student
  ])
  expect(essence(outcome)).toEqual(essence(await expected()))
  expectAnsweredOnce(outcome)
})

// Before: the answer is neither charged nor sealed. After: both are on disk, and nothing has been sent.
it.each(['before', 'after'] as const)('so does a site killed just %s it charges and seals', async (when) => {
  const outcome = await killSite(await theTemplate(), { when, append: 3 })
  expect(essence(outcome)).toEqual(essence(await expected()))
  expectAnsweredOnce(outcome)
  expectCharged(outcome.sites.north)
})
