/** The plan of a run that predicts several targets at once: what each is taught by, and what it refuses. */
import { describe, expect, it } from 'vitest'
import { featureSchemaSchema } from '#engine/data/schema.ts'
import { headShapes, type OneTarget } from '#engine/data/target.ts'
import { runPlanSchema, type RunPlan } from '#federation/plan.ts'
import { emptyState, type FederationState } from '#federation/state.ts'
import type { RunOverrides } from './config.ts'
import { headsFor } from './plan-heads.ts'
import { planRun } from './plan-run.ts'

const classes = (...names: string[]) => names.map((name) => ({ name, values: [name] }))
const targets: readonly { name: string; target: OneTarget }[] = [
  { name: 'risk', target: { column: 'risk', classes: classes('no', 'yes') } },
  { name: 'stage', target: { column: 'stage', classes: classes('a', 'b', 'c') } },
  { name: 'pulse', target: { kind: 'numeric', column: 'pulse', center: 70, spread: 10 } },
  {
    name: 'signs',
    target: {
      kind: 'labels',
      labels: ['x', 'y'].map((name) => ({ name, column: name, yes: ['1'], no: ['0'] })),
    },
  },
]
const schemaOf = (target: unknown) =>
  featureSchemaSchema.parse({
    version: 1,
    features: { kind: 'table', columns: [{ name: 'age', kind: 'numeric', center: 50, spread: 10 }] },
    target,
  })
const several = schemaOf({ kind: 'several', targets })
const shapes = headShapes(several)

const state: FederationState = {
  ...emptyState,
  sites: Object.fromEntries(
    ['north', 'south', 'west'].map((site, at) => [
      site,
      { site, publicKey: String(at).repeat(64), enrolment: 'approved' as const },
    ]),
  ),
}
const data = {
  schemaHash: 'a'.repeat(64),
  transfer: { hash: 'b'.repeat(64), format: 'csv' as const, rows: 500 },
  labelled: 100,
}
const plan = (wish: RunOverrides, schema = several, config: RunOverrides = {}): RunPlan =>
  planRun(state, config, wish, { ...data, schema })

const coded = (code: string) => expect.objectContaining({ code }) as Error

describe('the heads of a plan', () => {
  it('are taught as is usual for what each predicts, in the order of the schema', () => {
    const usual = { loss: 'kd', alpha: 1, weight: 1 }
    expect(headsFor({}, shapes)).toEqual({
      heads: [
        { ...usual, name: 'risk', outputs: 2, rule: 'mean-probability' },
        { ...usual, name: 'stage', outputs: 3, rule: 'mean-probability' },
        { ...usual, name: 'pulse', outputs: 2, rule: 'gaussian-mixture' },
        { ...usual, name: 'signs', outputs: 2, rule: 'mean-label-probability', loss: 'bce' },
      ],
      notes: [],
    })
  })

  it('are taught as the operator wishes, by name', () => {
    const head = {
      stage: { rule: 'density-ratio', loss: 'dist', weight: 2 },
      pulse: { loss: 'attentive' },
      signs: { rule: 'mean-label-logit', weight: 0.5 },
    } as const
    const { heads } = headsFor({ head }, shapes)
    expect(heads[1]).toMatchObject({ rule: 'density-ratio', loss: 'dist', weight: 2 })
    // Which brings the alpha of its reference, where none is wished for.
    expect(heads[2]).toMatchObject({ rule: 'gaussian-mixture', loss: 'attentive', alpha: 0.5, weight: 1 })
    expect(heads[3]).toMatchObject({ rule: 'mean-label-logit', loss: 'bce', weight: 0.5 })
    expect(headsFor({ head, alpha: 0.75 }, shapes).heads.map(({ alpha }) => alpha)).toEqual(
      Array(4).fill(0.75),
    )
  })

  it('say which wish could not be met, by name', () => {
    const head = { risk: { loss: 'dkd' }, stage: { loss: 'dkd' } } as const
    const { heads, notes } = headsFor({ head }, shapes)
    expect(heads.map(({ loss }) => loss)).toEqual(['kd', 'dkd', 'kd', 'bce'])
    expect(notes).toEqual([expect.stringMatching(/^risk: The loss is kd instead of dkd: it weighs/)])
    expect(plan({ head }).notes).toEqual(notes)
  })

  it.each<[RunOverrides, string | RegExp]>([
    [{ head: { fever: { weight: 2 } } }, 'no target "fever"; the schema has risk, stage, pulse, signs.'],
    [
      { head: { pulse: { rule: 'era' } } },
      'The rule era does not combine predictions of a number: gaussian-mixture.',
    ],
    [{ head: { risk: { rule: 'gaussian-mixture' } } }, 'does not combine predictions of classes: mean-pro'],
    [{ head: { signs: { loss: 'dkd' } } }, 'The loss dkd does not teach labels: bce.'],
    [{ head: { pulse: { loss: 'dkd' } } }, /dkd does not teach a number/],
    [{ head: { risk: { loss: 'dirichlet' } } }, 'The loss dirichlet is for a student with one target.'],
    [{ rule: 'era' }, /each with a rule and a loss of its own; name them with --head risk:rule=era\.$/],
    [{ loss: 'dist' }, /name them with --head risk:loss=dist\.$/],
  ])('refuse %o', (wish, message) => {
    expect(() => headsFor(wish, shapes)).toThrow(coded('USAGE'))
    expect(() => plan(wish)).toThrow(message)
  })

  it.each<[RunOverrides, string]>([
    [{ rule: 'auto' }, 'a choice among rules'],
    [{ groups: 'median' }, 'sums by group'],
    [{ margin: 0.1 }, 'a margin'],
    [{ ask: 5 }, 'a budget of items'],
    [{ digest: 2 }, 'digest'],
    [{ generations: 2 }, 'generations'],
    [{ tune: 5 }, 'a search for settings'],
    [{ privacy: 'pate:3' }, 'differential privacy (pate)'],
    [{ privacy: 'dpsgd:3' }, 'differential privacy (dpsgd)'],
    [{ temperatureSchedule: 'linear:2:1' }, 'a schedule'],
    [{ alphaSchedule: 'linear:1:0' }, 'a schedule'],
    [{ bits: 8 }, 'fewer bits'],
    [{ relation: 'rkd' }, 'relations, hints and attention'],
    [{ hint: 1 }, 'relations, hints and attention'],
    [{ attention: 1 }, 'relations, hints and attention'],
  ])('do not go with %o', (wish, what) => {
    expect(() => headsFor(wish, shapes)).toThrow(coded('NOT_AVAILABLE'))
    expect(() => plan(wish)).toThrow(
      `This version does not have ${what} where several targets are predicted.`,
    )
  })
})

describe('a plan of several targets', () => {
  it('has a rule for each, a student as wide as all, and keeps to its schema', () => {
    const planned = plan({ head: { pulse: { weight: 2 } } }, several, { seed: 7, loss: 'kd' })
    expect(planned).toMatchObject({ rule: 'by-target', loss: 'kd', temperature: 1, alpha: 1, seed: 7 })
    expect(planned.student.outputs).toBe(9)
    expect(planned.heads?.map(({ weight }) => weight)).toEqual([1, 1, 2, 1])
    expect(runPlanSchema.parse(JSON.parse(JSON.stringify(planned)))).toEqual(planned)
    expect(planned).not.toHaveProperty('selection')
  })

  it('has wishes by name only where there are several', () => {
    const single = schemaOf(targets[0]!.target)
    expect(plan({}, single)).not.toHaveProperty('heads')
    expect(() => plan({ head: { risk: { weight: 2 } } }, single)).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: 'There is one target; give its rule and its loss without a name.',
      }),
    )
  })

  it('sums at a scale at which the largest value of any target does not wrap around', () => {
    // 3 sites x 64 x scale must stay below 2^31: 2^16 does, where 2^31 / (3 x 64) is 11184810.67.
    expect(plan({}).scale).toBe(2 ** 16)
    expect(() => plan({ privacy: 'plain', topK: 1 })).toThrow('not of gaussian-moments')
  })
})
