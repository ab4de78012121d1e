/**
 * SIGKILL at every point of every journal. Whoever dies, and whenever: after a restart the run goes on to the
 * same student, bit for bit, nobody answers twice, and the ledger has charged each answer once.
 *
 * A process dies either just before an append, when the work is done and nothing is recorded, or just after,
 * when it is on disk and nobody has been told. What lies between two appends is one of the two.
 */
import { afterAll, describe, expect, it } from 'vitest'
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

/** One line an append. A question is closed in the same append as its last answer. */
const coordinatorAppends = [
  'run-started',
  'question-opened',
  'answer-accepted',
  'answer-accepted',
  'answer-accepted, question-closed',
  'sum-revealed',
  'student-trained',
  'question-opened',
  'answer-accepted',
  'answer-accepted',
  'answer-accepted, question-closed',
  'sum-revealed',
  'student-evaluated',
  'student-released, checkpoint',
]
const siteAppends = [
  'joined',
  'teacher-ready',
  'head-witnessed',
  'budget-reserved, answer-sealed',
  'answer-acknowledged',
  'head-witnessed',
  'budget-reserved, answer-sealed',
  'answer-acknowledged',
  'student-received',
]

const matrix = (appends: readonly string[]) =>
  appends.flatMap((events, index) =>
    (['before', 'after'] as const).map((when) => [when, index + 1, events] as const),
  )

let template: Promise<Template> | undefined
let undisturbed: Promise<Outcome> | undefined
const theTemplate = () => (template ??= makeTemplate())
const expected = async () => essence(await (undisturbed ??= killCoordinator(await theTemplate())))
afterAll(async () => (await template)?.remove())

describe('nobody is killed', () => {
  it('and the coordinator appends what this matrix takes it to', async () => {
    const { story } = await expected()
    expect(story).toEqual(coordinatorAppends.flatMap((events) => events.split(', ')))
  })

  it('and so does a site', async () => {
    const { north } = (await killSite(await theTemplate())).sites
    expect(north.map(({ type }) => type)).toEqual(siteAppends.flatMap((events) => events.split(', ')))
    expectCharged(north)
  })
})

describe('the coordinator is killed', () => {
  it.each(matrix(coordinatorAppends))('%s append %i: %s', async (when, append) => {
    const outcome = await killCoordinator(await theTemplate(), [{ when, append }])
    expect(essence(outcome)).toEqual(await expected())
    expectAnsweredOnce(outcome)
  })

  it('after every single append', async () => {
    const lives = coordinatorAppends.map(() => ({ when: 'after', append: 1 }) as const)
    const outcome = await killCoordinator(await theTemplate(), lives)
    expect(essence(outcome)).toEqual(await expected())
    expectAnsweredOnce(outcome)
  })
})

describe('a site is killed', () => {
  it.each(matrix(siteAppends))('%s append %i: %s', async (when, append) => {
    const outcome = await killSite(await theTemplate(), { when, append })
    expect(essence(outcome)).toEqual(await expected())
    expectAnsweredOnce(outcome)
    expectCharged(outcome.sites.north)
  })
})
