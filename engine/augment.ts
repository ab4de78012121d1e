/**
 * Augmentation: each step trains on rows a little different from those in the data.
 *
 * All of it happens inside the training graph, behind the gathering of a batch and in the order given, and
 * draws from the step's seed (`counter-hash.ts`): nothing is copied beforehand, every epoch sees other rows, and
 * the same seed sees the same ones. Validation and inference never see any.
 *
 *     augment: [{ kind: 'crop', padding: 4 }, { kind: 'flip' }, { kind: 'mixup', alpha: 0.2 }]
 */
import { z } from 'zod'
import { flip, shift } from './augment-image.ts'
import type { Image } from './augment-image.ts'
import { chance, int, randomBits, rowNumbers, uniform } from './counter-hash.ts'
import { EngineError } from './errors.ts'
import { apply } from './expr.ts'
import type { Expr } from './expr.ts'
import { add, cast, gather, log, mul, reshape, sqrt, sub, where } from './ops.ts'
import type { Random } from './random.ts'
import { sizeOf } from './shape.ts'
import type { NetworkSpec } from './spec.ts'

const extent = z.int().min(1).max(4096)
/** Height, width and channels of a row; without it, those that the network's spec has. */
const image = z.tuple([extent, extent, extent]).optional()

const augmentationSchema = z.discriminatedUnion('kind', [
  /** Adds to every input a normal number of this standard deviation. */
  z.strictObject({ kind: z.literal('noise'), sigma: z.number().positive().max(1000) }),
  /** Puts this share of the inputs to 0 (masking noise: Vincent et al., JMLR 11, 2010, section 3.3). */
  z.strictObject({ kind: z.literal('mask'), rate: z.number().positive().max(0.95) }),
  /**
   * Blends each row, in every tensor, with the next row of its batch: a share L of the one and 1 - L of the other,
   * L drawn from Beta(alpha, alpha) once a batch (Zhang et al., arXiv 1710.09412, eq. 1 and figure 1a).
   */
  z.strictObject({ kind: z.literal('mixup'), alpha: z.number().min(0.01).max(100) }),
  /** Moves images by up to so many pixels on each axis; pixels at the edge are repeated behind it. */
  z.strictObject({ kind: z.literal('shift'), pixels: z.int().min(1).max(1024), image }),
  /** Pads images by so many zeros on each side and cuts them out at random (He et al., arXiv 1512.03385, section 4.2). */
  z.strictObject({ kind: z.literal('crop'), padding: z.int().min(1).max(1024), image }),
  /** Mirrors half of the images, left to right. */
  z.strictObject({ kind: z.literal('flip'), image }),
])
export const augmentationsSchema = z
  .array(augmentationSchema)
  .refine((list) => new Set(list.map(({ kind }) => kind)).size === list.length, 'each kind at most once')

export type Augmentation = z.output<typeof augmentationSchema>

/**
 * Reads augmentations from parsed JSON for networks of one spec; throws ENGINE_SPEC_INVALID naming the first
 * field that is wrong, or the kind that does not fit the network's rows.
 */
export function parseAugmentations(json: unknown, spec: NetworkSpec): Augmentation[] {
  const parsed = augmentationsSchema.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const field = issue?.path.join('.') || 'the list'
    throw invalid(`The augmentation is not valid at ${field}: ${issue?.message}.`)
  }
  for (const augmentation of parsed.data) checkFits(augmentation, spec)
  return parsed.data
}

function checkFits(augmentation: Augmentation, spec: NetworkSpec): void {
  const { kind } = augmentation
  if ('vocabulary' in spec && spec.vocabulary !== undefined) {
    throw invalid(`The augmentation "${kind}" needs rows of quantities; this network reads token numbers.`)
  }
  if (kind === 'noise' || kind === 'mask' || kind === 'mixup') return
  const found = imageOf(augmentation, spec)
  if (!found) {
    throw invalid(
      `The augmentation "${kind}" needs images; say the height, width and channels of a row as "image".`,
    )
  }
  if (sizeOf(found) !== spec.inputs) {
    throw invalid(
      `The augmentation "${kind}" is for images of ${found.join(' x ')}; a row has ${spec.inputs} numbers.`,
    )
  }
  const reach = kind === 'shift' ? augmentation.pixels : kind === 'crop' ? augmentation.padding : 0
  if (reach >= Math.min(found[0], found[1])) {
    throw invalid(
      `The augmentation "${kind}" by ${reach} pixels would push out images of ${found.join(' x ')}.`,
    )
  }
}

const imageOf = (augmentation: { image?: Image | undefined }, spec: NetworkSpec): Image | undefined =>
  augmentation.image ?? ('image' in spec ? spec.image : undefined)

const invalid = (message: string): EngineError => new EngineError('ENGINE_SPEC_INVALID', message)

type Batch = Readonly<Record<string, Expr>>

/** What a step draws from: its seed, int32 [1], and with mixup the share L, float32 [1]. */
export interface StepDraws {
  readonly seed?: Expr | undefined
  readonly share?: Expr | undefined
}

/** The batch as training sees it. */
export function augmented(
  batch: Batch,
  augmentations: readonly Augmentation[],
  spec: NetworkSpec,
  { seed, share }: StepDraws,
): Batch {
  return augmentations.reduce((batch, augmentation, i) => {
    const draw = (columns: number, turn = 0): Expr =>
      randomBits(batch['inputs']!, columns, seed!, labelOf(i, turn))
    return augmentation.kind === 'mixup'
      ? mixup(batch, share!)
      : { ...batch, inputs: changed(batch['inputs']!, augmentation, spec, draw) }
  }, batch)
}

/** Far from those of dropout; the widest rows reach over 16 labels. */
const labelOf = (i: number, turn: number): number => 0x1000 + 32 * i + 16 * turn

type Draw = (columns: number, turn?: number) => Expr

function changed(
  inputs: Expr,
  augmentation: Exclude<Augmentation, { kind: 'mixup' }>,
  spec: NetworkSpec,
  draw: Draw,
): Expr {
  const width = spec.inputs
  switch (augmentation.kind) {
    case 'noise':
      return add(inputs, mul(normal(draw(width), draw(width, 1)), augmentation.sigma))
    case 'mask':
      return where(chance(draw(width), augmentation.rate), 0, inputs)
    case 'shift':
      return shift(inputs, imageOf(augmentation, spec)!, augmentation.pixels, 'edge', draw(2))
    case 'crop':
      return shift(inputs, imageOf(augmentation, spec)!, augmentation.padding, 'zero', draw(2))
    case 'flip':
      return flip(inputs, imageOf(augmentation, spec)!, draw(1))
  }
}

/** Standard normal numbers of uniform ones, after Box and Muller (Annals of Mathematical Statistics 29, 1958). */
function normal(bits: Expr, others: Expr): Expr {
  const radius = sqrt(mul(log(uniform(bits)), -2))
  const angle = mul(uniform(others), 2 * Math.PI)
  return mul(radius, apply('Cos', [angle], { shape: angle.shape }))
}

/** Rows come shuffled, so the next one, behind the last the first, is any other. */
function mixup(batch: Batch, share: Expr): Batch {
  const numbers = reshape(rowNumbers(batch['inputs']!), [batch['inputs']!.shape[0]!])
  const count = cast(apply('Shape', [numbers], { shape: [1], dtype: 'int64' }), 'int32')
  const next = apply('Mod', [add(numbers, int(1)), count], { shape: numbers.shape, dtype: 'int32' })
  return Object.fromEntries(
    Object.entries(batch).map(([name, x]) => [name, add(mul(x, share), mul(gather(x, next), sub(1, share)))]),
  )
}

/** A draw from Beta(alpha, alpha): G / (G + H) of two draws from Gamma(alpha). */
export function betaDraw(alpha: number, random: Random): number {
  const [g, h] = [gammaDraw(alpha, random), gammaDraw(alpha, random)]
  // Both can be too small for a float when alpha is; then it is all or nothing, as it nearly was.
  return g + h > 0 ? g / (g + h) : Math.round(random.next())
}

/** Gamma(shape), after Marsaglia and Tsang (ACM TOMS 26, 2000), whose section 6 reduces shapes below 1 to above. */
function gammaDraw(shape: number, random: Random): number {
  if (shape < 1) return gammaDraw(shape + 1, random) * (1 - random.next()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = random.normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random.next()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v
  }
}
