/**
 * Several targets taught at once: each head by its own loss, on its own outputs, and the sum of the losses by weight.
 *
 * What a loss reads beside its targets goes under names of its own, so that two heads of one kind do not meet.
 */
import type { NamedTargets } from '#engine/data/dataset.ts'
import { oneTask } from '#engine/data/target.ts'
import { field, type LossFn } from '#engine/losses.ts'
import { add, mul, slice } from '#engine/ops.ts'
import { columnsOf, takeColumns } from './columns.ts'
import { headOf } from './heads.ts'
import { multilabelLoss, type LossName } from './losses/registry.ts'
import { taskLesson, type TaskJob, type TaskLesson } from './task-lesson.ts'

/** How one of several targets is taught. */
export interface HeadLesson {
  readonly loss: LossName
  /** Of its soft part, in [0, 1]. */
  readonly alpha: number
  /** Of its loss among the others', > 0. */
  readonly weight: number
}

/** The lesson of all heads; `job` has the targets of all, side by side. */
export function severalLesson(
  job: Omit<TaskJob, 'task' | 'loss' | 'labels' | 'values' | 'marks'>,
  heads: readonly NamedTargets[],
  lessons: readonly HeadLesson[] = [],
): Required<TaskLesson> {
  const facts = heads.map(headOf)
  const places = columnsOf(facts.map(({ outputs }) => outputs))
  const taught = heads.map(({ labels, values, marks }, at) => {
    const { outputs } = facts[at]!
    const task = oneTask(facts[at]!.task)
    const { loss = 'kd', weight = 1, alpha = job.alpha } = lessons[at] ?? {}
    const lesson = taskLesson({
      ...job,
      task,
      outputs,
      alpha,
      targets: takeColumns(job.targets, places[at]!),
      ...(labels && { labels }),
      ...(values && { values }),
      ...(marks && { marks }),
      loss: task === 'multilabel' ? multilabelLoss : loss,
    })
    return { ...lesson, weight, place: places[at]!, own: (name: string) => `${at}.${name}` }
  })

  const loss: LossFn = (outputs, batch, seen) =>
    taught
      .map(({ loss: ofHead, weight, place: { from, count }, known, stepNumbers = {}, own }) => {
        const read = [...Object.keys(known), ...Object.keys(stepNumbers)]
        const told = {
          targets: slice(field(batch, 'targets'), -1, from, count),
          ...Object.fromEntries(read.map((name) => [name, field(batch, own(name))])),
        }
        return mul(ofHead(slice(outputs, -1, from, count), told, seen), weight)
      })
      .reduce((sum, each) => add(sum, each))

  const renamed = <T>(
    of: (lesson: (typeof taught)[number]) => Readonly<Record<string, T>>,
  ): Record<string, T> =>
    Object.fromEntries(
      taught.flatMap((lesson) =>
        Object.entries(of(lesson)).map(([name, value]) => [lesson.own(name), value]),
      ),
    )
  return {
    loss,
    known: renamed(({ known }) => known),
    stepNumbers: renamed(({ stepNumbers = {} }) => stepNumbers),
  }
}
