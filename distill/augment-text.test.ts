import { describe, expect, it } from 'vitest'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { parseAugmentText } from './augment-text.ts'
import { networkSize, parseSpecText } from './spec-text.ts'

const schemaOf = (...shape: number[]) =>
  parseFeatureSchema({
    version: 1,
    features: { kind: 'tensor', shape, divideBy: 255 },
    target: {
      classes: [
        { name: 'a', values: ['0'] },
        { name: 'b', values: ['1'] },
      ],
    },
  })
const read = (text: string, ...shape: number[]) => {
  const schema = schemaOf(...shape)
  return parseAugmentText(text, schema, parseSpecText('linear', networkSize(schema)))
}

describe('parseAugmentText', () => {
  it('reads a list, and takes the image from the schema', () => {
    expect(read('shift:2, Noise:0.1', 6, 5)).toEqual([
      { kind: 'shift', pixels: 2, image: [6, 5, 1] },
      { kind: 'noise', sigma: 0.1 },
    ])
    expect(read('crop:1,flip', 6, 5, 3)).toEqual([
      { kind: 'crop', padding: 1, image: [6, 5, 3] },
      { kind: 'flip', image: [6, 5, 3] },
    ])
    expect(read('mask:0.2,mixup:0.4', 7)).toEqual([
      { kind: 'mask', rate: 0.2 },
      { kind: 'mixup', alpha: 0.4 },
    ])
  })

  it.each([
    '',
    'shift',
    'shift:',
    'shift:x',
    'shift:1.5',
    'flip:1',
    'magic:1',
    'noise:0.1,noise:0.2',
    'shift:6',
  ])('refuses %j', (text) => {
    expect(() => read(text, 6, 5)).toThrow(expect.objectContaining({ code: 'ENGINE_SPEC_INVALID' }))
  })

  it('refuses to move rows that are no images', () => {
    expect(() => read('shift:1', 30)).toThrow('needs images')
  })
})
