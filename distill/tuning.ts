/**
 * Searching for settings that teach better, at no cost in privacy or bytes: everything searched is about what is
 * made of sums that are revealed already. Random search (Bergstra and Bengio, JMLR 13, 2012): a few settings matter
 * and nobody knows which, so drawing all of them anew each time tries more values of those than a grid would.
 *
 * A space lists the values of each setting, the usual one first, and has `sizeOf` combinations. Trials draw from them
 * without repeating any, so that a search of a small space ends. The first trial is the usual settings: whatever is
 * chosen did no worse than they on the labels that chose.
 *
 *     space    { loss: [kd, dkd], epochs: [100, 50, 200], .. one value each }        2 x 3 = 6 combinations
 *     trials   kd 100, then the other five in an order that the seed decides
 */
import { z } from 'zod'
import { seededRandom } from '#engine/random.ts'
import type { NetworkSpec } from '#engine/spec.ts'
import { classLossNames, effectiveLoss, lossNames } from './losses/registry.ts'
import { ruleNames, taskOfRule, type CombineRuleName } from './rules.ts'
import { HIGHEST_TEMPERATURE, LOWEST_TEMPERATURE } from './schedules.ts'
import { networkSpecSchema } from './spec-text.ts'

/** What a search may change of a run. */
export const settingsSchema = z.strictObject({
  rule: z.enum(ruleNames),
  loss: z.enum(lossNames),
  /** At which teachers and student are compared; the answers were softened at the plan's. */
  temperature: z.number().min(LOWEST_TEMPERATURE).max(HIGHEST_TEMPERATURE),
  alpha: z.number().min(0).max(1),
  student: networkSpecSchema,
  epochs: z.number().int().positive(),
})
export type Settings = z.infer<typeof settingsSchema>

export type SearchSpace = { readonly [K in keyof Settings]: readonly Settings[K][] }

const TEMPERATURES = [1, 2, 4, 8]
const ALPHAS = [1, 0.9, 0.7, 0.5]
const EVIDENCE = 'dirichlet'
/** Of epochs and of widths. */
const FACTORS = [1, 0.5, 2]

/** What may be searched besides loss, width and epochs. */
export interface Freedom {
  /** Those that the sums can be made into. */
  readonly rules: readonly CombineRuleName[]
  readonly temperature: boolean
  readonly alpha: boolean
}

export function spaceAround(usual: Settings, { rules, temperature, alpha }: Freedom): SearchSpace {
  const { outputs } = usual.student
  const isNumber = taskOfRule(usual.rule) === 'regress'
  // What says why it is unsure is read as nothing else, and is taught by the disagreement that one rule reveals.
  const isEvidence = usual.loss === EVIDENCE
  const others = classLossNames.filter((name) => name !== EVIDENCE)
  const losses = isNumber || isEvidence ? [] : others.map((name) => effectiveLoss(name, outputs).loss)
  return {
    rule: distinct([usual.rule, ...(isEvidence ? [] : rules)]),
    loss: distinct([usual.loss, ...losses]),
    // A number is not softened.
    temperature: distinct([
      usual.temperature,
      ...(temperature && !isNumber && !isEvidence ? TEMPERATURES : []),
    ]),
    alpha: distinct([usual.alpha, ...(alpha ? ALPHAS : [])]),
    student: widthsOf(usual.student),
    epochs: distinct(FACTORS.map((factor) => times(factor, usual.epochs))),
  }
}

export const sizeOf = (space: SearchSpace): number =>
  Object.values(space).reduce((size, { length }) => size * length, 1)

/** The settings of trial `trial`, from 0; it is below `sizeOf(space)`. */
export function trialAt(space: SearchSpace, seed: number | string, trial: number): Settings {
  const others = Uint32Array.from({ length: sizeOf(space) - 1 }, (_, index) => index + 1)
  const order = seededRandom(seed).fork('trials').shuffle(others)
  let rest = trial === 0 ? 0 : (order[trial - 1] as number)
  const pick = <T>(values: readonly T[]): T => {
    const value = values[rest % values.length] as T
    rest = Math.floor(rest / values.length)
    return value
  }
  const { rule, loss, temperature, alpha, student, epochs } = space
  return {
    rule: pick(rule),
    loss: pick(loss),
    temperature: pick(temperature),
    alpha: pick(alpha),
    student: pick(student),
    epochs: pick(epochs),
  }
}

/** A perceptron's or convolutional network's with all widths halved and doubled; other networks stay as they are. */
function widthsOf(spec: NetworkSpec): NetworkSpec[] {
  if (spec.kind !== 'mlp' && spec.kind !== 'cnn') return [spec]
  const scaledBy = (factor: number): NetworkSpec => {
    const hidden = spec.hidden.map((width) => times(factor, width))
    if (spec.kind === 'mlp') return { ...spec, hidden }
    return { ...spec, hidden, channels: spec.channels.map((width) => times(factor, width)) }
  }
  return distinct(FACTORS.map(scaledBy)).filter((each) => networkSpecSchema.safeParse(each).success)
}

const times = (factor: number, value: number): number => Math.ceil(factor * value)

/** Each once, where it is first. */
function distinct<T>(values: readonly T[]): T[] {
  const texts = values.map((value) => JSON.stringify(value))
  return values.filter((_, index) => texts.indexOf(texts[index] as string) === index)
}

/** How students did that a trial taught; a number has its log-loss alone. */
export interface Score {
  /** Mean -log p, in nats. */
  readonly nll: number
  /** With their confidence corrected (selection.ts). */
  readonly calibratedNll?: number | undefined
}

/** The one with the least of both log-losses, as rules are chosen; the first of equals. */
export function bestOf<S extends Score>(scores: readonly S[]): S | undefined {
  const cost = ({ nll, calibratedNll = nll }: Score): number => nll + calibratedNll
  const [first, ...rest] = scores
  return first && rest.reduce((best, score) => (cost(score) < cost(best) ? score : best), first)
}
