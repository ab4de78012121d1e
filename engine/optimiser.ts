/**
 * Optimisers: a pure update of flat vectors, plus the few numbers each step needs.
 *
 * What depends only on the step's number (the rate, the bias corrections) is worked out here in double
 * precision and fed to the graph as a table with one row a step; what depends on the gradient is an
 * expression. So the graph stays small, and a schedule is an ordinary function.
 */
import { EngineError } from './errors.ts'
import type { Expr } from './expr.ts'
import { add, div, mul, sqrt, square, sub } from './ops.ts'
import { rateAt } from './schedule.ts'
import type { Schedule } from './schedule.ts'

export interface Optimiser {
  /** Flat state vectors beside the parameters, all zero at the start. */
  readonly slots: number
  readonly clipNorm?: number
  /** Given when the last slot is an average of the parameters. */
  readonly averageDecay?: number
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

export interface StepOptions {
  /** The largest rate; 0.001 unless told for Adam, 0.1 for SGD. */
  learningRate?: number
  schedule?: Schedule
  /** Decoupled (AdamW, SGDW): each step also shrinks the weights, not the biases, by learning rate x this. */
  weightDecay?: number
}

export interface AdamOptions extends StepOptions {
  beta1?: number
  beta2?: number
  epsilon?: number
}

export interface SgdOptions extends StepOptions {
  /** 0 unless told, which needs no state. */
  momentum?: number
  nesterov?: boolean
}

export interface AroundOptions {
  /** Shrinks a step's whole gradient to at most this L2 norm (Pascanu et al., arXiv 1211.5063). */
  clipNorm?: number
  /** Keeps beside the weights their exponential moving average, of which each step keeps this share, below 1. */
  averageDecay?: number
}

export type OptimiserOptions = AroundOptions &
  (({ kind?: 'adam' } & AdamOptions) | ({ kind: 'sgd' } & SgdOptions))

/** Throws ENGINE_DATA_INVALID for a norm or a decay out of range. */
export function optimiserFrom(options: OptimiserOptions = {}): Optimiser {
  const { clipNorm, averageDecay } = options
  const inRange = (clipNorm ?? 1) > 0 && (averageDecay ?? 0) >= 0 && (averageDecay ?? 0) < 1
  if (!inRange) {
    const given = `clipNorm ${clipNorm} and averageDecay ${averageDecay}`
    throw new EngineError(
      'ENGINE_DATA_INVALID',
      `An optimiser needs a clipNorm above 0 and an averageDecay from 0 to below 1, not ${given}.`,
    )
  }
  const plain = options.kind === 'sgd' ? sgd(options) : adam(options)
  const stepping = averageDecay === undefined ? plain : averaging(plain, averageDecay)
  return clipNorm === undefined ? stepping : { ...stepping, clipNorm }
}

/**
 * The same optimiser, whose last slot is A' = d A + (1 - d) p'. It starts at 0, so after t steps it lacks the
 * share d^t, as Adam's moments do; who reads it divides by 1 - d^t.
 */
function averaging(inner: Optimiser, decay: number): Optimiser {
  return {
    ...inner,
    slots: inner.slots + 1,
    averageDecay: decay,
    update(state) {
      const { parameters, slots } = inner.update({ ...state, slots: state.slots.slice(0, -1) })
      const average = add(mul(state.slots.at(-1)!, decay), mul(parameters, 1 - decay))
      return { parameters, slots: [...slots, average] }
    },
  }
}

/**
 * Gradient descent with momentum (Sutskever et al., ICML 2013) in the form V' = mu V + g, step V', or
 * g + mu V' with Nesterov's look ahead; weight decay is decoupled (arXiv 1711.05101, algorithm 1).
 */
export function sgd(options: SgdOptions = {}): Optimiser {
  const {
    learningRate = 0.1,
    schedule = 'constant',
    momentum = 0,
    nesterov = false,
    weightDecay = 0,
  } = options
  return {
    slots: momentum === 0 ? 0 : 1,
    scalars(step, totalSteps) {
      const rate = learningRate * rateAt(schedule, step, totalSteps)
      return [rate, rate * weightDecay]
    },
    update({ parameters, gradient, slots: [held], scalars: [rate, decay], decays }) {
      const velocity = held ? add(mul(held, momentum), gradient) : gradient
      const direction = nesterov ? add(gradient, mul(velocity, momentum)) : velocity
      const kept = weightDecay === 0 ? parameters : sub(parameters, mul(parameters, mul(decays, decay!)))
      return { parameters: sub(kept, mul(direction, rate!)), slots: held ? [velocity] : [] }
    },
  }
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
      const rate = learningRate * rateAt(schedule, step, totalSteps)
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
