/** Augmentations as text, for command lines and YAML: "shift:2", "shift:2,noise:0.1,flip". */
import { parseAugmentations, type Augmentation } from '#engine/augment.ts'
import { imageShape, type FeatureSchema } from '#engine/data/schema.ts'
import { EngineError } from '#engine/errors.ts'
import type { NetworkSpec } from '#engine/spec.ts'

export { augmentationsSchema, type Augmentation } from '#engine/augment.ts'

/** What the number after each kind's colon is; a flip takes none. */
const numbers = {
  shift: 'pixels',
  crop: 'padding',
  noise: 'sigma',
  mask: 'rate',
  mixup: 'alpha',
  flip: undefined,
} as const satisfies Record<Augmentation['kind'], string | undefined>

/** For rows of a schema, which says what an image is, and a network of a spec. Throws `ENGINE_SPEC_INVALID`. */
export function parseAugmentText(text: string, schema: FeatureSchema, spec: NetworkSpec): Augmentation[] {
  const image = imageShape(schema)
  const json = text.split(',').map((word) => {
    const [kind = '', value] = word.trim().toLowerCase().split(':')
    const field = isKind(kind) ? numbers[kind] : undefined
    if (!isKind(kind) || (field === undefined) !== (value === undefined))
      throw new EngineError(
        'ENGINE_SPEC_INVALID',
        `"${word.trim()}" is no augmentation; write a list of shift:PIXELS, crop:PADDING, flip, noise:SIGMA, mask:RATE and mixup:ALPHA, such as "shift:2,noise:0.1".`,
      )
    const ofImages = kind === 'shift' || kind === 'crop' || kind === 'flip'
    return { kind, ...(field && { [field]: Number(value) }), ...(ofImages && image && { image }) }
  })
  return parseAugmentations(json, spec)
}

const isKind = (kind: string): kind is Augmentation['kind'] => Object.hasOwn(numbers, kind)
