/** What a distillation loss is to those who choose and mix one. */
import type { Expr } from '#engine/expr.ts'
import type { Taught } from './softened.ts'

export interface SoftLoss {
  /** That of its reference, for runs that name none. */
  readonly temperature: number
  /** The weight of the soft part beside labels, likewise; 1 unless said. */
  readonly alpha?: number
  /** Why no temperature can be learnt against a student by it. */
  readonly unlearnable?:
    'is the same at every temperature' | 'grows with the temperature, whatever the student does'
  /** The soft part: one value a row, [batch], or a mean over the batch already, []. */
  readonly soft: (taught: Taught) => Expr
  /** What labels say, a value a row; cross-entropy of one-hot rows unless given. `labels` are [batch, classes]. */
  readonly hard?: (logits: Expr, labels: Expr) => Expr
  /** What it reads of the batch besides the targets, whatever alpha is. */
  readonly reads?: 'winners' | 'labels' | 'disagreement'
  /** What it reads of the step: numbers [1], each a function of the share of training that is done, 0 to 1. */
  readonly numbers?: Readonly<Record<string, (done: number) => number>>
}
