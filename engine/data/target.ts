/**
 * What is predicted of a row, as the shared schema says it.
 *
 * One target is a class, a number, or several labels. A schema may also name several targets, each with a name of its
 * own, for teachers and a student with one head for each:
 *
 *     disease       classes  none, mild, severe         three logits
 *     cholesterol   numeric  center 246, spread 52      a mean and a log-variance
 *     findings      labels   angina, arrhythmia         two logits
 *
 * Such a network gives the outputs of its heads side by side, seven here, in the schema's order. Whatever is done for
 * one target is done for each of several by looking at the schema, or at a dataset, as if it had that target alone.
 */
import { z } from 'zod'
import { canonicalValue, duplicate } from './cells.ts'

const name = z.string().min(1).max(200)
const cell = z.string().max(200)

const oneTargetSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('classes').optional(),
    /** The column that holds the class; absent for formats that keep labels in a file of their own. */
    column: name.optional(),
    classes: z
      .array(
        z.strictObject({
          name,
          values: z.array(cell).min(1),
          /** What it costs to take a row of this class for one of another, in any unit; absent: 1. */
          cost: z.number().positive().optional(),
        }),
      )
      .min(2)
      .max(10_000),
  }),
  z.strictObject({
    kind: z.literal('numeric'),
    column: name,
    center: z.number(),
    spread: z.number().positive(),
  }),
  z.strictObject({
    kind: z.literal('labels'),
    labels: z
      .array(z.strictObject({ name, column: name, yes: z.array(cell).min(1), no: z.array(cell).min(1) }))
      .min(2)
      .max(1000),
  }),
])

export const targetSchema = z.discriminatedUnion('kind', [
  ...oneTargetSchema.options,
  z.strictObject({
    kind: z.literal('several'),
    targets: z
      .array(
        z.strictObject({
          /** What outputs of the released model begin with. */
          name: z
            .string()
            .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'must be a letter, then letters, digits or _, 40 at most'),
          target: oneTargetSchema,
        }),
      )
      .min(2)
      .max(20),
  }),
])

export type Target = z.infer<typeof targetSchema>
export type OneTarget = z.infer<typeof oneTargetSchema>
export type TargetClass = Extract<Target, { classes: unknown }>['classes'][number]
/** What is yes or no of a row, and the cells of a column that say so. */
export type TargetLabel = Extract<Target, { labels: unknown }>['labels'][number]
/** How a number was standardised: (value - center) / spread. */
export interface Standard {
  readonly center: number
  readonly spread: number
}

/** What is predicted: one of some classes, a number, which of several labels a row has, or several of these at once. */
export const tasks = ['classify', 'regress', 'multilabel', 'multitask'] as const
export type Task = (typeof tasks)[number]
/** What is predicted, in a sentence. */
export const inWords = {
  classify: 'classes',
  regress: 'a number',
  multilabel: 'several labels',
  multitask: 'several targets',
} as const satisfies Record<Task, string>
/** Of one target. */
export type OneTask = Exclude<Task, 'multitask'>

/** Of a head, which has one target. */
export function oneTask(task: Task): OneTask {
  if (task !== 'multitask') return task
  throw new TypeError('internal: a head has one target')
}

export interface HasTarget {
  readonly target: Target
}

export interface HasOneTarget {
  readonly target: OneTarget
}

export function taskOf(schema: HasOneTarget): OneTask
export function taskOf(schema: HasTarget): Task
export function taskOf({ target }: HasTarget): Task {
  if (target.kind === 'several') return 'multitask'
  if (target.kind === 'numeric') return 'regress'
  return target.kind === 'labels' ? 'multilabel' : 'classify'
}

/** The same schema with each of its targets alone; a schema of one target has one view, without a name. */
export function targetViews<S extends HasTarget>(
  schema: S,
): readonly (Omit<S, 'target'> & HasOneTarget & { readonly name?: string })[] {
  const { target } = schema
  return target.kind === 'several'
    ? target.targets.map((each) => ({ ...schema, target: each.target, name: each.name }))
    : [{ ...schema, target }]
}

/** Of classes that exclude each other, or of labels that do not; none for a number, or for several targets. */
export function classNames({ target }: HasTarget): string[] {
  return [...classesOf(target), ...labelsOf(target)].map(({ name }) => name)
}

/** What it costs to miss each class; undefined where the schema names no cost. */
export function classCosts({ target }: HasTarget): number[] | undefined {
  const classes = classesOf(target)
  return classes.some(({ cost }) => cost !== undefined) ? classes.map(({ cost = 1 }) => cost) : undefined
}

const classesOf = (target: Target): readonly TargetClass[] => ('classes' in target ? target.classes : [])
const labelsOf = (target: Target): readonly TargetLabel[] => ('labels' in target ? target.labels : [])

/** The columns that say what is to be predicted; none where labels come in a file of their own. */
export function targetColumns(schema: HasTarget): string[] {
  return [
    ...new Set(
      targetViews(schema).flatMap(({ target }) => {
        if (target.kind === 'labels') return target.labels.map(({ column }) => column)
        return target.column ?? []
      }),
    ),
  ]
}

/** The outputs of every network on this schema: a logit for each class or label, a number's mean and log-variance. */
export const outputCount = (schema: HasTarget): number =>
  headShapes(schema).reduce((sum, { outputs }) => sum + outputs, 0)

/** What a network has for one target. */
export interface HeadShape {
  /** Of several targets. */
  readonly name?: string
  readonly task: OneTask
  /** Numbers that it gives for a row. */
  readonly outputs: number
}

/** In the schema's order. */
export const headShapes = (schema: HasTarget): HeadShape[] =>
  targetViews(schema).map((view) => {
    const task = taskOf(view)
    const outputs = task === 'regress' ? 2 : classNames(view).length
    return { ...(view.name !== undefined && { name: view.name }), task, outputs }
  })

/** What a target says twice or in two ways, a phrase each. */
export function targetClashes(schema: HasTarget): string[] {
  const { target } = schema
  const names = target.kind === 'several' ? target.targets.map(({ name }) => name) : []
  const twice = (values: readonly string[], phrase: (value: string) => string): string[] => {
    const value = duplicate(values)
    return value === undefined ? [] : [phrase(value)]
  }
  return [
    ...twice(names, (value) => `two targets are named "${value}"`),
    ...targetViews(schema).flatMap((view) => [
      ...twice(
        classesOf(view.target).flatMap(({ values }) => values.map(canonicalValue)),
        (value) => `the value "${value}" belongs to two classes`,
      ),
      ...twice(classNames(view), (value) => `two classes are named "${value}"`),
      ...labelsOf(view.target).flatMap(({ name, yes, no }) =>
        twice(
          [...yes, ...no].map(canonicalValue),
          (value) => `the label "${name}" has the value "${value}" twice`,
        ),
      ),
    ]),
  ]
}
