/**
 * SIGKILL at every point of the coordinator's journal in a masked run. The sites hold their secrets in memory and
 * wait; the coordinator comes back, replays, and takes the masks off the very same sums.
 */
import { afterAll, describe, expect, it } from 'vitest'
import {
  essence,
  expectAnsweredOnce,
  killCoordinator,
  makeTemplate,
  type Outcome,
  type Template,
} from '../support/kill-case.ts'
import { smallRun } from '../support/small-federation.ts'

/** One line an append; the last site to speak closes the stage in the same append. */
const stage = (said: string, closed: string) => [said, said, `${said}, ${closed}`]
const question = [
  'question-opened',
  ...stage('step-accepted', 'stage-closed'),
  ...stage('step-accepted', 'stage-closed'),
  ...stage('answer-accepted', 'question-closed'),
  ...stage('step-accepted', 'stage-closed'),
  ...stage('step-accepted', 'stage-closed'),
  'sum-revealed',
]
const appends = [
  'run-started',
  ...question,
  'student-trained',
  ...question,
  'student-evaluated',
  'student-released, checkpoint',
]

let template: Promise<Template> | undefined
let undisturbed: Promise<Outcome> | undefined
const theTemplate = () => (template ??= makeTemplate({ ...smallRun, privacy: 'masked' }))
const expected = async () => essence(await (undisturbed ??= killCoordinator(await theTemplate())))
afterAll(async () => (await template)?.remove())

describe('a masked run', () => {
  it('appends what this matrix takes it to', async () => {
    expect((await expected()).story).toEqual(appends.flatMap((events) => events.split(', ')))
  })

  it.each(
    appends.flatMap((events, index) =>
      (['before', 'after'] as const).map((when) => [when, index + 1, events] as const),
    ),
  )('survives a kill %s append %i: %s', async (when, append) => {
    const outcome = await killCoordinator(await theTemplate(), [{ when, append }])
    expect(essence(outcome)).toEqual(await expected())
    expectAnsweredOnce(outcome)
  })
})
