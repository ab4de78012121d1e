/** A few cells of the kill matrix (test/chaos/kill-matrix.test.ts), for every day. */
import { afterAll, expect, it } from 'vitest'
import {
  essence,
  expectAnsweredOnce,
  killCoordinator,
  killSite,
  makeTemplate,
  type Template,
} from '../support/kill-case.ts'

let template: Promise<Template> | undefined
const theTemplate = () => (template ??= makeTemplate())
afterAll(async () => (await template)?.remove())

it(
  'a coordinator killed while it asks, and again while it distils, and a killed site end with the same student',
  { timeout: 90_000 },
  async () => {
    const undisturbed = await killSite(await theTemplate())
    expect(essence(undisturbed).student).toHaveLength(1)
    const killed = [
      await killSite(await theTemplate(), { when: 'after', append: 3 }), // its answer is sealed and not sent
      await killCoordinator(await theTemplate(), [
        { when: 'after', append: 4 }, // two answers are in, the second site has no receipt
        { when: 'before', append: 3 }, // in its second life: the third answer, the sum, the student
      ]),
    ]
    for (const outcome of killed) {
      expect(essence(outcome)).toEqual(essence(undisturbed))
      expectAnsweredOnce(outcome)
    }
  },
)
