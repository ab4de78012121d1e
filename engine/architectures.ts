/** The architectures: how each kind of spec compiles to layers. */
import type { Activation, BatchNorm, Conv, Dense, Dropout, Layer, Rearrange, Residual } from './layers.ts'
import type {
  CnnSpec,
  MlpSpec,
  MobilenetSpec,
  NetworkSpec,
  ResnetSpec,
  TcnSpec,
  TransformerSpec,
} from './spec.ts'

export function layersOf(spec: NetworkSpec): readonly Layer[] {
  switch (spec.kind) {
    case 'mlp':
      return mlp(spec)
    case 'cnn':
      return cnn(spec)
    case 'resnet':
      return resnet(spec)
    case 'mobilenet':
      return mobilenet(spec)
    case 'tcn':
      return tcn(spec)
    case 'transformer':
      return transformer(spec)
    case 'layers':
      return spec.layers
  }
}

const mlp = ({ inputs, hidden, outputs, activation }: MlpSpec): Layer[] =>
  denseStack([inputs, ...hidden, outputs], activation)

function denseStack(widths: readonly number[], activation: Activation): Dense[] {
  return widths.slice(1).map((outputs, i) => {
    const last = i === widths.length - 2
    return dense(last ? 'output' : `hidden${i + 1}`, widths[i]!, outputs, last ? 'linear' : activation)
  })
}

/** Blocks of convolution, activation and halving by max pooling, then dense layers (LeCun et al., 1998). */
function cnn({ image, channels, hidden, outputs, activation, dropout: rate }: CnnSpec): Layer[] {
  const depths = [image[2], ...channels]
  const area = image.slice(0, 2).reduce((n, extent) => n * (extent >> channels.length), 1)
  const stack = denseStack([area * depths.at(-1)!, ...hidden, outputs], activation)
  return [
    channelsFirst(image),
    ...channels.flatMap((outputs, i): Layer[] => [
      conv(`conv${i + 1}`, depths[i]!, outputs, { bias: true, activation }),
      { kind: 'pool', name: `pool${i + 1}`, how: 'max', window: [2, 2] },
    ]),
    rearrange('flatten'),
    ...stack.slice(0, -1),
    dropout('dropout', rate, 0),
    stack.at(-1)!,
  ]
}

/**
 * The residual networks for small images of He et al. (arXiv 1512.03385, section 4.2): depth 6n + 2, three
 * stages of n blocks, each stage half the extent and twice the channels of the one before. Shortcuts that
 * change shape are 1 x 1 convolutions.
 */
function resnet({ image, depth, width, outputs }: ResnetSpec): Layer[] {
  const blocks = (depth - 2) / 6
  const stages = [1, 2, 4].flatMap((times, stage) =>
    Array.from({ length: blocks }, (_, i): Residual => {
      const name = `stage${stage + 1}.block${i + 1}`
      const channels = width * times
      const first = stage > 0 && i === 0
      const before = first ? channels / 2 : channels
      const stride = first ? 2 : 1
      return {
        kind: 'residual',
        name,
        body: [
          ...convNorm(`${name}.a`, before, channels, { stride }, 'relu'),
          ...convNorm(`${name}.b`, channels, channels, {}, 'linear'),
        ],
        shortcut: first
          ? convNorm(`${name}.shortcut`, before, channels, { stride, window: [1, 1] }, 'linear')
          : [],
        activation: 'relu',
      }
    }),
  )
  return [
    channelsFirst(image),
    ...convNorm('stem', image[2], width, {}, 'relu'),
    ...stages,
    rearrange('globalAverage'),
    dense('output', 4 * width, outputs, 'linear'),
  ]
}

/** Depthwise separable convolutions (Howard et al., arXiv 1704.04861): each channel alone, then across channels. */
function mobilenet({ image, widthMultiplier, blocks, outputs }: MobilenetSpec): Layer[] {
  const scaled = (channels: number): number => Math.max(1, Math.round(channels * widthMultiplier))
  const widths = [32, ...blocks.map((block) => block.channels)].map(scaled)
  return [
    channelsFirst(image),
    ...convNorm('stem', image[2], widths[0]!, {}, 'relu6'),
    ...blocks.flatMap(({ stride }, i) => {
      const [before, after] = [widths[i]!, widths[i + 1]!]
      return [
        ...convNorm(`block${i + 1}.depthwise`, before, before, { stride, groups: before }, 'relu6'),
        ...convNorm(`block${i + 1}.pointwise`, before, after, { window: [1, 1] }, 'relu6'),
      ]
    }),
    rearrange('globalAverage'),
    dense('output', widths.at(-1)!, outputs, 'linear'),
  ]
}

/**
 * A temporal convolutional network (Bai, Kolter and Koltun, arXiv 1803.01271) without its weight
 * normalisation: residual blocks of two causal convolutions, the dilation doubling from block to block, so the
 * last step has seen (2^blocks - 1) 2 (kernel - 1) + 1 steps.
 */
function tcn({ steps, channels, filters, kernel, dropout: rate, outputs }: TcnSpec): Layer[] {
  const widths = [channels, ...filters]
  const blocks = filters.map((after, i): Residual => {
    const [name, before] = [`block${i + 1}`, widths[i]!]
    const causal = {
      window: [kernel],
      dilation: 2 ** i,
      padding: 'causal',
      bias: true,
      activation: 'relu',
    } as const
    return {
      kind: 'residual',
      name,
      body: [
        conv(`${name}.a`, before, after, causal),
        dropout(`${name}.a.dropout`, rate, 2 * i),
        conv(`${name}.b`, after, after, causal),
        dropout(`${name}.b.dropout`, rate, 2 * i + 1),
      ],
      shortcut:
        before === after ? [] : [conv(`${name}.shortcut`, before, after, { window: [1], bias: true })],
      activation: 'relu',
    }
  })
  return [
    channelsFirst([steps, channels]),
    ...blocks,
    rearrange('lastStep'),
    dense('output', widths.at(-1)!, outputs, 'linear'),
  ]
}

/** An encoder with normalisation before each part (Xiong et al., arXiv 2002.04745), read by the mean token. */
function transformer(spec: TransformerSpec): Layer[] {
  const { tokens, width, heads, depth, hidden, outputs, dropout: rate } = spec
  const part = (name: string, label: number, body: readonly Layer[]): Residual => ({
    kind: 'residual',
    name,
    body: [
      { kind: 'layerNorm', name: `${name}.norm`, width },
      ...body,
      dropout(`${name}.dropout`, rate, label),
    ],
    shortcut: [],
    activation: 'linear',
  })
  const entry: Layer[] =
    spec.vocabulary === undefined
      ? [
          rearrange('tokens', [tokens, spec.inputs / tokens]),
          dense('embedding', spec.inputs / tokens, width, 'linear'),
        ]
      : [{ kind: 'embedding', name: 'embedding', vocabulary: spec.vocabulary, width }]
  const blocks = Array.from({ length: depth }, (_, i) => {
    const name = `block${i + 1}`
    return [
      part(`${name}.attention`, 2 * i, [{ kind: 'attention', name: `${name}.attention`, width, heads }]),
      part(`${name}.feedForward`, 2 * i + 1, [
        dense(`${name}.feedForward.up`, width, hidden, 'gelu'),
        dense(`${name}.feedForward.down`, hidden, width, 'linear'),
      ]),
    ]
  })
  return [
    ...entry,
    { kind: 'position', name: 'position', tokens, width },
    ...blocks.flat(),
    { kind: 'layerNorm', name: 'norm', width },
    rearrange('meanToken'),
    dense('output', width, outputs, 'linear'),
  ]
}

// ---------------------------------------------------------------------------------------------------------

const dense = (name: string, inputs: number, outputs: number, activation: Activation): Dense => ({
  kind: 'dense',
  name,
  inputs,
  outputs,
  activation,
})

const conv = (name: string, inputs: number, outputs: number, more: Partial<Conv> = {}): Conv => ({
  kind: 'conv',
  name,
  inputs,
  outputs,
  window: [3, 3],
  stride: 1,
  dilation: 1,
  groups: 1,
  padding: 'same',
  bias: false,
  activation: 'linear',
  ...more,
})

const convNorm = (
  name: string,
  inputs: number,
  outputs: number,
  more: Partial<Conv>,
  activation: Activation,
): [Conv, BatchNorm] => [
  conv(name, inputs, outputs, more),
  { kind: 'batchNorm', name: `${name}.norm`, channels: outputs, activation },
]

const dropout = (name: string, rate: number, label: number): Dropout => ({
  kind: 'dropout',
  name,
  rate,
  label,
})

const rearrange = (to: Rearrange['to'], extents: readonly number[] = []): Rearrange => ({
  kind: 'rearrange',
  name: to,
  to,
  extents,
})
const channelsFirst = (extents: readonly number[]): Rearrange => rearrange('channelsFirst', extents)
