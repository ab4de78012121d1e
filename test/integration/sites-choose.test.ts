/** Public labels are too few to choose a rule by, so the sites say which of the candidates' students does best. */
import { afterAll, expect, it, vi } from 'vitest'
import { decodeManifest } from '#proto/manifest.ts'
import { ofType } from '../support/journal-events.ts'
import {
  essence,
  expectAnsweredOnce,
  killCoordinator,
  makeTemplate,
  type Outcome,
  type Template,
} from '../support/kill-case.ts'
import { siteNames, smallRun } from '../support/small-federation.ts'

vi.setConfig({ testTimeout: 60_000 }) // each plays a whole run, and starts processes in it

const candidates = ['mean-probability', 'era'] as const
/** Ten labels are fewer than say anything. */
const run = { ...smallRun, rule: 'auto' as const, candidates: [...candidates], validation: 10 }

let template: Promise<Template> | undefined
let undisturbed: Promise<Outcome> | undefined
const theTemplate = () => (template ??= makeTemplate(run))
const expected = async () => (undisturbed ??= killCoordinator(await theTemplate()))
afterAll(async () => (await template)?.remove())

it('one question about all of them is all that the choice takes from a site', async () => {
  const { events, sites } = await expected()
  expectAnsweredOnce({ events, sites }, 3)
  const asked = ofType(events, 'question-opened')
  expect(asked.map(({ purpose }) => purpose)).toEqual(['teach', 'select', 'evaluate'])
  const students = ofType(events, 'candidate-trained')
  expect(students.map(({ rule }) => rule)).toEqual(candidates)
  const networks = students.map(({ networkHash }) => networkHash)
  const manifest = decodeManifest(Buffer.from(asked[1]!.manifest, 'base64'))
  expect(manifest).toMatchObject({ purpose: 'evaluate', studentHashes: networks })

  // Each site keeps a fifth of its 60 rows.
  const rows = siteNames.map((site) => {
    const [, chosen] = ofType(sites[site], 'answer-sealed')
    expect(chosen).toMatchObject({ subjectHash: networks[0], furtherSubjects: networks.slice(1) })
    return chosen!.items
  })
  const [selected] = ofType(events, 'rule-selected')
  expect(selected).toMatchObject({ by: 'sites', items: rows.reduce((sum, own) => sum + own, 0) })
  const best = selected!.scores.toSorted((a, b) => a.nll - b.nll)[0]!
  expect(selected!.rule).toBe(best.rule)
  expect(selected!.scores.map(({ calibratedNll }) => calibratedNll)).toEqual([undefined, undefined])
})

it('a coordinator killed between the steps of the choice makes the same one', async () => {
  const outcome = await killCoordinator(await theTemplate(), [
    // The run, the question, three answers and their sum, then the first candidate.
    { when: 'after', append: 7 },
    // The second candidate, the question, two answers.
    { when: 'after', append: 4 },
    // The third answer, the sum, the choice.
    { when: 'before', append: 3 },
  ])
  const chosen = ({ events }: Outcome) =>
    ofType(events, 'rule-selected').map(({ rule, items, scores }) => ({ rule, items, scores }))
  expect(essence(outcome)).toEqual(essence(await expected()))
  expect(chosen(outcome)).toEqual(chosen(await expected()))
  expectAnsweredOnce(outcome, 3)
})
