/**
 * Optimisers: a pure update of flat vectors, plus the few numbers each step needs.
 *
 * What depends only on the step's number (the rate, the bias corrections) is worked out here in double
 * precision and fed to the graph as a table with one row a step; what depends on the gradient is an
 * expression. So the graph stays small, and a schedule is an ordinary function.
 */
import type { Expr } from './expr.ts'
import { add, div, mul, sqrt, square, sub } from './ops.ts'

export interface Optimiser {
  /** Flat state vectors beside the parameters, all zero at the start. */
  readonly slots: number
  /** What a step needs to know: `step` counts from 1 to `totalSteps`. */
  scalars(step: number, totalSteps: number): number[]
  /** One step. `decays` is 1 for each parameter that weight decay pulls on, else 0. */
  update(state: StepState): { parameters: Expr; slots: Expr[] }
}

export interface StepState {
  parameters: Expr
  gradient: Expr
  slots: readonly Expr[]
  scalars: readonly Expr[]
  decays: Expr
}

export interface AdamOptions {
  /** The largest rate; 0.001 unless told. */
  learningRate?: number
  /** `constant`, or `cosine` from the full rate down to 0 at the last step (Loshchilov and Hutter, arXiv 1608.03983). */
  schedule?: 'constant' | 'cosine'
  beta1?: number
  beta2?: number
  epsilon?: number
  /** Decoupled (AdamW): each step also shrinks the weights, not the biases, by learning rate x this. */
  weightDecay?: number
}

/**
 * Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1) with decoupled weight decay (Loshchilov and Hutter,
 * arXiv 1711.05101, algorithm 2).
 *
 * The vectors kept are M = m / (1 - beta1) and V = v / (1 - beta2), which saves two passes a step:
 * M' = beta1 M + g and V' = beta2 V + g^2. With c1 = (1 - beta1) / (1 - beta1^t), c2 likewise, the paper's step
 * rate m^ / (sqrt(v^) + epsilon) is a M' / (sqrt(V') + e), where a = rate c1 / sqrt(c2), e = epsilon / sqrt(c2).
 */
export function adam(options: AdamOptions = {}): Optimiser {
  const { learningRate = 1e-3, schedule = 'constant', beta1 = 0.9, beta2 = 0.999 } = options
  const { epsilon = 1e-8, weightDecay = 0 } = options
  return {
    slots: 2,
    scalars(step, totalSteps) {
      const rate = learningRate * schedules[schedule](step, totalSteps)
      const c1 = (1 - beta1) / (1 - beta1 ** step)
      const c2 = Math.sqrt((1 - beta2) / (1 - beta2 ** step))
      return [(rate * c1) / c2, epsilon / c2, rate * weightDecay]
    },
    update({ parameters, gradient, slots: [m, v], scalars: [a, e, decay], decays }) {
      const m2 = add(mul(m!, beta1), gradient)
      const v2 = add(mul(v!, beta2), square(gradient))
      const step = div(mul(m2, a!), add(sqrt(v2), e!))
      const kept = weightDecay === 0 ? parameters : sub(parameters, mul(parameters, mul(decays, decay!)))
      return { parameters: sub(kept, step), slots: [m2, v2] }
    },
  }
}

const schedules: Record<
  NonNullable<AdamOptions['schedule']>,
  (step: number, totalSteps: number) => number
> = {
  constant: () => 1,
  cosine: (step, totalSteps) => (1 + Math.cos((Math.PI * (step - 1)) / totalSteps)) / 2,
}
