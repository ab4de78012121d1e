/** Losses computed by themselves, in double precision, with the slope that reaches the student. */
import { evaluator } from '#engine/evaluate.ts'
import { input, type Expr } from '#engine/expr.ts'
import { gradients } from '#engine/gradient.ts'
import { sum } from '#engine/ops.ts'
import { openRuntime } from '#engine/session/index.ts'

const runtime = await openRuntime()

export interface Trial {
  /** rows x width, flat, as every other tensor. */
  readonly logits: readonly number[]
  /** Of a row of logits. */
  readonly width: number
  /** Further tensors of the batch, each rows x its width, or [1] when it has one number. */
  readonly batch: Readonly<Record<string, readonly number[]>>
}

type Loss = (logits: Expr, batch: Readonly<Record<string, Expr>>) => Expr

/** `loss` may give a value a row or one for all; the slope is that of their sum. */
export async function computeLoss(loss: Loss, trial: Trial): Promise<{ values: number[]; slope: number[] }> {
  const { logits, values } = expressionsOf(loss, trial)
  const [slope] = gradients(sum(values), [logits])
  // Names that no tensor of a batch has.
  const run = await evaluator(runtime, { 'loss.values': values, 'loss.slope': slope! }, 'float64')
  const result = await run({ logits: trial.logits, ...trial.batch })
  await run.release()
  return { values: result['loss.values'], slope: result['loss.slope'] }
}

/** The slope that central differences show, one number a logit. */
export async function differencesOf(loss: Loss, trial: Trial, step = 1e-5): Promise<number[]> {
  const run = await evaluator(runtime, { 'loss.sum': sum(expressionsOf(loss, trial).values) }, 'float64')
  const at = async (index: number, by: number): Promise<number> => {
    const logits = trial.logits.map((z, i) => (i === index ? z + by : z))
    return (await run({ logits, ...trial.batch }))['loss.sum'][0] ?? NaN
  }
  const slopes: number[] = []
  for (const index of trial.logits.keys())
    slopes.push(((await at(index, step)) - (await at(index, -step))) / (2 * step))
  await run.release()
  return slopes
}

function expressionsOf(loss: Loss, { logits, width, batch }: Trial): { logits: Expr; values: Expr } {
  const rows = logits.length / width
  const outputs = input('logits', ['batch', width])
  const tensors = Object.entries(batch).map(([name, numbers]): [string, Expr] => [
    name,
    input(name, numbers.length === 1 ? [1] : ['batch', numbers.length / rows]),
  ])
  return { logits: outputs, values: loss(outputs, Object.fromEntries(tensors)) }
}
