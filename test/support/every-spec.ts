/** For tests: a tiny network of every kind, which between them use every layer. */
import { parseSpec } from '#engine/spec.ts'

const image = [8, 8, 2]

const written = [
  { name: 'mlp', json: { kind: 'mlp', inputs: 6, hidden: [8, 7], outputs: 3 } },
  { name: 'cnn', json: { kind: 'cnn', inputs: 128, image, channels: [4, 4], hidden: [8], outputs: 3 } },
  {
    name: 'cnn with dropout',
    json: { kind: 'cnn', inputs: 128, image, channels: [4], hidden: [], outputs: 3, dropout: 0.3 },
  },
  { name: 'resnet-8', json: { kind: 'resnet', inputs: 128, image, depth: 8, width: 4, outputs: 3 } },
  {
    name: 'mobilenet',
    json: {
      kind: 'mobilenet',
      inputs: 128,
      image,
      widthMultiplier: 0.25,
      blocks: [{ channels: 16 }, { channels: 32, stride: 2 }],
      outputs: 3,
    },
  },
  { name: 'tcn', json: { kind: 'tcn', inputs: 40, steps: 20, channels: 2, filters: [4, 4], outputs: 3 } },
  {
    name: 'transformer of patches',
    json: {
      kind: 'transformer',
      inputs: 24,
      tokens: 6,
      width: 8,
      heads: 2,
      depth: 1,
      hidden: 16,
      outputs: 3,
    },
  },
  {
    name: 'transformer of words',
    json: {
      kind: 'transformer',
      inputs: 6,
      tokens: 6,
      vocabulary: 11,
      width: 8,
      heads: 2,
      depth: 1,
      hidden: 16,
      outputs: 3,
    },
  },
  {
    name: 'layers',
    json: {
      kind: 'layers',
      inputs: 4,
      layers: [
        { kind: 'dense', name: 'first', inputs: 4, outputs: 5, activation: 'tanh' },
        { kind: 'dense', name: 'last', inputs: 5, outputs: 3, activation: 'linear' },
      ],
      outputs: 3,
    },
  },
] as const

export const specs = written.map(({ name, json }) => ({ name, spec: parseSpec(json as unknown) }))
