/** Several targets taught at once: the lessons of each, added up by weight, none reading what is another's. */
import { describe, expect, it } from 'vitest'
import { computeLoss, differencesOf } from '../test/support/loss-lab.ts'
import type { BatchData } from '#engine/batch.ts'
import type { NamedTargets } from '#engine/data/dataset.ts'
import { besideEachOther, columnsOf, takeColumns } from './columns.ts'
import { headOf } from './heads.ts'
import { severalLesson, type HeadLesson } from './several-lesson.ts'
import { taskLesson, type TaskLesson } from './task-lesson.ts'

/** Of four rows; the two of classes are of one kind, and know different rows. */
const heads: readonly NamedTargets[] = [
  { name: 'risk', classes: ['a', 'b', 'c'], labels: Int32Array.of(0, -1, 2, 1) },
  {
    name: 'pulse',
    classes: [],
    standard: { center: 0, spread: 1 },
    values: Float32Array.of(0.5, NaN, -1, 2),
  },
  { name: 'signs', classes: ['x', 'y'], multilabel: true, marks: Float32Array.of(1, -1, 0, 1, -1, 0, 0, 0) },
  { name: 'grade', classes: ['a', 'b', 'c'], labels: Int32Array.of(-1, 1, 0, 1) },
]
const widths = [3, 2, 2, 3]
const places = columnsOf(widths)
const kinds: readonly HeadLesson[] = [
  { loss: 'dkd', alpha: 0.75, weight: 2 },
  { loss: 'attentive', alpha: 0.5, weight: 0.25 },
  { loss: 'bce', alpha: 0.5, weight: 1 },
  { loss: 'nkd', alpha: 0.5, weight: 3 },
]
const answered = Float32Array.from({ length: 40 }, (_, at) => ((7 * at) % 13) / 4 - 1.5)
const logits = Float32Array.from({ length: 40 }, (_, at) => ((11 * at) % 17) / 6 - 1.3)
/** Soft targets of all heads, as teachers give them. */
const targets = besideEachOther(
  heads.map((head, at) => headOf(head).predict(takeColumns(answered, places[at]!))),
  widths,
)
const job = { targets, outputs: 10, temperature: 1, alpha: 1 }

const batchOf = (known: BatchData, soft: Float32Array, numbers: TaskLesson['stepNumbers'] = {}) => ({
  targets: [...soft],
  ...Object.fromEntries(Object.entries(known).map(([name, { data }]) => [name, [...data]])),
  ...Object.fromEntries(Object.entries(numbers).map(([name, at]) => [name, [at(3, 10)]])),
})

const together = ({ known, loss, stepNumbers }: ReturnType<typeof severalLesson>, raw = logits) => ({
  loss,
  trial: { logits: [...raw], width: 10, batch: batchOf(known, targets, stepNumbers) },
})

/** The loss of each head alone on its own outputs, and its slope there. */
const alone = (lessons: readonly HeadLesson[], also: object = {}) =>
  Promise.all(
    heads.map((head, at) => {
      const { labels, values, marks } = head
      const soft = takeColumns(targets, places[at]!)
      const { known, loss, stepNumbers } = taskLesson({
        task: (['classify', 'regress', 'multilabel', 'classify'] as const)[at]!,
        outputs: widths[at]!,
        targets: soft,
        temperature: 1,
        alpha: lessons[at]!.alpha,
        loss: lessons[at]!.loss,
        ...(labels && { labels }),
        ...(values && { values }),
        ...(marks && { marks }),
        ...also,
      })
      const own = [...takeColumns(logits, places[at]!)]
      return computeLoss(loss, { logits: own, width: widths[at]!, batch: batchOf(known, soft, stepNumbers) })
    }),
  )

/** How far the lesson's loss and slope are from the weighted sum of those of its heads, at most. */
async function besideSum(
  lesson: ReturnType<typeof severalLesson>,
  lessons: readonly HeadLesson[],
  also = {},
) {
  const { loss, trial } = together(lesson)
  const { values, slope } = await computeLoss(loss, trial)
  const single = await alone(lessons, also)
  const weighted = lessons.map(({ weight }, at) => weight * single[at]!.values[0]!)
  const distances = slope.map((value, index) => {
    const [row, column] = [Math.floor(index / 10), index % 10]
    const at = places.findLastIndex(({ from }) => from <= column)
    const { from, count } = places[at]!
    return Math.abs(value - lessons[at]!.weight * single[at]!.slope[count * row + column - from]!)
  })
  const apart = Math.max(Math.abs(values[0]! - weighted.reduce((a, b) => a + b)), ...distances)
  return { apart, loss, trial, slope }
}
const ROUNDING = 1e-10

/** What is to be predicted, without what is known of it. */
function untold(head: NamedTargets): NamedTargets {
  const { labels: _labels, values: _values, marks: _marks, ...what } = head
  return what
}

describe('the lesson of several targets', () => {
  it('is the sum of the lessons of each by weight, and so is its slope', async () => {
    const { apart } = await besideSum(severalLesson(job, heads, kinds), kinds)
    expect(apart).toBeLessThan(ROUNDING)
  })

  it('slopes as central differences show', async () => {
    // The attentive loss has a mean teach what a variance may not, so it is nobody's slope.
    const plain = kinds.map((kind) => (kind.loss === 'attentive' ? { ...kind, loss: 'kd' as const } : kind))
    const { apart, loss, trial, slope } = await besideSum(severalLesson(job, heads, plain), plain)
    expect(apart).toBeLessThan(ROUNDING)
    const differences = await differencesOf(loss, trial)
    slope.forEach((value, at) => expect(value).toBeCloseTo(differences[at]!, 6))
  })

  it('follows a schedule of alpha in every head that learns by one', async () => {
    const alphaSchedule = { kind: 'linear', from: 1, to: 0 } as const
    const lesson = severalLesson({ ...job, alphaSchedule }, heads, kinds)
    expect(Object.keys(lesson.stepNumbers)).toEqual(['0.alpha', '2.alpha', '3.alpha'])
    expect((await besideSum(lesson, kinds, { alphaSchedule })).apart).toBeLessThan(ROUNDING)
  })

  it('is taught as the job says, every target alike, where nothing else is said', async () => {
    const usual = { loss: 'kd', alpha: 0.5, weight: 1 } as const
    const lesson = severalLesson({ ...job, alpha: 0.5 }, heads)
    const { apart } = await besideSum(lesson, [usual, usual, { ...usual, loss: 'bce' }, usual])
    expect(apart).toBeLessThan(ROUNDING)
  })

  it('reads of each target what is known of that target alone', async () => {
    const known = (of: readonly NamedTargets[]) => severalLesson(job, of, kinds).known
    expect(Object.keys(known(heads))).toEqual([
      '0.labels',
      '0.winners',
      '1.values',
      '2.labels',
      '3.labels',
      '3.winners',
    ])
    const slopeOf = async (of: readonly NamedTargets[]) => {
      const { loss, trial } = together(severalLesson(job, of, kinds))
      return Float32Array.from((await computeLoss(loss, trial)).slope)
    }
    const before = await slopeOf(heads)
    const other = { ...heads[3]!, labels: Int32Array.of(2, -1, -1, 0) }
    const after = await slopeOf([...heads.slice(0, 3), other])
    const differ = places.map((place) =>
      takeColumns(after, place).some((value, i) => value !== takeColumns(before, place)[i]),
    )
    expect(differ).toEqual([false, false, false, true])
  })

  it('reaches no output of another target', async () => {
    for (const at of heads.keys()) {
      const only = kinds.map((kind, of) => ({ ...kind, weight: of === at ? 1 : 0 }))
      const { loss, trial } = together(severalLesson(job, heads, only))
      const slope = Float32Array.from((await computeLoss(loss, trial)).slope)
      places.forEach((place, of) => {
        const silent = takeColumns(slope, place).every((value) => value === 0)
        expect(silent).toBe(of !== at)
      })
    }
  })

  it('learns from teachers alone where nothing is known of a target', async () => {
    const { known, loss } = severalLesson(job, heads.map(untold), kinds)
    // Two losses read who wins, which the teachers say where no label does.
    expect(Object.keys(known)).toEqual(['0.winners', '3.winners'])
    const { values } = await computeLoss(loss, {
      logits: [...logits],
      width: 10,
      batch: batchOf(known, targets),
    })
    expect(Number.isFinite(values[0])).toBe(true)
  })
})
