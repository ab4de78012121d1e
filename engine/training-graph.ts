/**
 * Training as one ONNX graph: a `Loop` whose body is a whole step.
 *
 *     state (parameters, optimiser slots) ──►┌ body, once a step ────────────────────────────┐
 *     data, order, offsets, scalars ────────►│ rows   = order[offsets[i] : offsets[i + 1]]   │──► state'
 *                                            │ batch  = each data tensor's rows              │──► losses
 *                                            │ loss   = loss(forward(batch), batch)          │
 *                                            │ state' = optimiser(state, d loss / d state)   │
 *                                            └───────────────────────────────────────────────┘
 *
 * One call to the runtime trains many steps: the parameters stay inside, and nothing crosses to JavaScript
 * between batches. `order` lists rows and `offsets` cuts it into batches, so batches may differ in size (the
 * body's batch extent is symbolic) and the caller decides everything about sampling. The loop's mechanics:
 * https://onnx.ai/onnx/operators/onnx__Loop.html (body inputs are the iteration, a condition and the carried
 * values; its outputs the condition, the carried values, then the values to stack over iterations).
 */
import { augmented } from './augment.ts'
import type { Augmentation, StepDraws } from './augment.ts'
import type { BatchWidths } from './batch.ts'
import { blocksOf, recut } from './blocks.ts'
import type { Piece, Range } from './blocks.ts'
import { constant, input, scalar } from './expr.ts'
import type { Expr, Input } from './expr.ts'
import { gradients } from './gradient.ts'
import { layersOf } from './architectures.ts'
import { usesDropout } from './layers.ts'
import type { Pass } from './layers.ts'
import { layoutOf, parameterCount } from './layout.ts'
import type { ParameterSlice } from './layout.ts'
import type { LossFn, StepNumbers } from './losses.ts'
import { parameterTensors, tensorsIn } from './network.ts'
import { emitGraph, encodeModel, tensor, valueInfo } from './onnx/emit.ts'
import { onnx } from './onnx/gen/onnx.js'
import {
  add,
  div,
  expandLike,
  gather,
  maximum,
  mul,
  reshape,
  sliceBetween,
  sqrt,
  square,
  sum,
} from './ops.ts'
import type { Optimiser } from './optimiser.ts'
import { forwardSeeing } from './seen.ts'
import type { NetworkSpec } from './spec.ts'

export const dataName = (field: string): string => `data.${field}`
export const slotName = (i: number): string => `slot.${i}`
export const scalarName = (i: number): string => `scalar.${i}`
export const numberName = (name: string): string => `number.${name}`
export const trainedName = (vector: string): string => `${vector}.trained`

const BATCH = 'batch'
/** Where copying a tensor costs more than running an optimiser's operators once more. */
const LARGE = 65_536

/** What is trained: where its parameters lie in the flat vector, and the loss of a batch. */
export interface Subject {
  readonly layout: readonly ParameterSlice[]
  /** The batch's extent by name: ensembles need one that their arrangement explains. */
  readonly rows: string
  /** Whether a step draws at random, for dropout or augmentation, and so is fed a seed. */
  readonly seeded: boolean
  /** Whether it also is fed the share of mixup. */
  readonly mixes?: boolean
  /** Names of the numbers that a step is fed for its loss. */
  readonly numbers?: readonly string[]
  /** Given when the first axis of every parameter counts networks that know nothing of each other. */
  readonly members?: number
  value(
    parameters: ReadonlyMap<string, Expr>,
    batch: Readonly<Record<string, Expr>>,
    training: NonNullable<Pass['training']> & StepDraws & { numbers: Readonly<Record<string, Expr>> },
  ): Expr
}

export const networkSubject = (
  spec: NetworkSpec,
  loss: LossFn,
  augment: readonly Augmentation[] = [],
  numbers: StepNumbers = {},
): Subject => ({
  layout: layoutOf(spec),
  rows: BATCH,
  seeded: usesDropout(layersOf(spec)) || augment.some(({ kind }) => kind !== 'mixup'),
  mixes: augment.some(({ kind }) => kind === 'mixup'),
  numbers: Object.keys(numbers),
  value: (parameters, given, training) => {
    const batch = augmented(given, augment, spec, training)
    const { logits, seen } = forwardSeeing(spec, parameters, batch['inputs']!, training)
    return loss(logits, { ...batch, ...training.numbers }, seen)
  },
})

/**
 * The training model. Inputs: `steps` int64 [], `parameters` and each `slot.i` [P], `data.NAME` [rows, width],
 * `order` int32 [positions], `offsets` int64 [steps + 1], each `scalar.i` [steps], `seeds` int32 [steps] where
 * steps draw at random, `shares` [steps] of mixup, and each `number.NAME` [steps]. Outputs: `losses` [steps], the loss of each batch before
 * its update, and `parameters.trained` and `slot.i.trained`.
 */
export const trainingModel = (
  spec: NetworkSpec,
  widths: BatchWidths,
  loss: LossFn,
  optimiser: Optimiser,
): Uint8Array => subjectModel(networkSubject(spec, loss), widths, optimiser)

/** The training model of anything with a layout and a loss. */
export function subjectModel(subject: Subject, widths: BatchWidths, optimiser: Optimiser): Uint8Array {
  const { layout } = subject
  const [size, trained] = [sizeOfAll(layout), sizeOfAll(layout.filter((range) => range.trained))]
  // Running statistics are a block of their own, past those that the optimiser moves.
  const statistics = size > trained ? [{ offset: trained, size: size - trained }] : []
  const blocks = [
    ...blocksOf(
      layout.filter((range) => range.trained),
      LARGE,
    ),
    ...statistics,
  ]
  const vectors = ['parameters', ...Array.from({ length: optimiser.slots }, (_, i) => slotName(i))]

  // What every step reads and none changes.
  const data = dataInputs(widths, 'rows')
  const order = input('order', ['positions'], 'int32')
  const offsets = input('offsets', ['cuts'], 'int64')
  const scalarCount = optimiser.scalars(1, 1).length
  const scalarLists = Array.from({ length: scalarCount }, (_, i) => input(scalarName(i), ['steps']))

  // What a step gets from the one before: each vector, in blocks.
  const iteration = input('step.iteration', [], 'int64')
  const going = input('step.going', [], 'bool')
  const carried = blocks.map((block, k) => vectors.map((name) => input(`step.${name}.${k}`, [block.size])))

  const at = reshape(iteration, [1])
  const next = add(at, constant([1], [1], 'int64'))
  const rows = sliceBetween(order, gather(offsets, at), gather(offsets, next), subject.rows)
  const batch = Object.fromEntries(data.map((all) => [all.field, gather(all.tensor, rows)]))
  const scalars = scalarLists.map((list) => gather(list, at))
  const seeds = subject.seeded ? [input('seeds', ['steps'], 'int32')] : []
  const shares = subject.mixes ? [input('shares', ['steps'])] : []
  const [seed, share] = [seeds, shares].map(([list]) => list && gather(list, at))
  const numberLists = (subject.numbers ?? []).map((name) => input(numberName(name), ['steps']))
  const numbers = Object.fromEntries(
    (subject.numbers ?? []).map((name, i) => [name, gather(numberLists[i]!, at)]),
  )

  const held = blocks.map((block, k): Piece => ({ ...block, value: carried[k]![0]! }))
  const parameters = tensorsIn(layout, held)
  const updates = new Map<string, Expr>()
  const value = subject.value(parameters, batch, { updates, share, numbers, ...(seed && { seed }) })
  const step = { layout, blocks, carried, parameters, updates, value, scalars, optimiser }
  const stepped = stepBlocks({ ...step, members: subject.members })

  // A block at a time, so that the runtime finishes with one before it starts on the next.
  const results = stepped.flatMap((block, k) => block.map((x, i) => [`next.${vectors[i]}.${k}`, x] as const))
  const body = emitGraph({
    name: 'step',
    inputs: [iteration, going, ...carried.flat()],
    outputs: { 'next.going': going, ...Object.fromEntries(results), 'next.loss': value },
  })
  const shared = [
    order,
    offsets,
    ...seeds,
    ...shares,
    ...numberLists,
    ...scalarLists,
    ...data.map((x) => x.tensor),
  ]
  return encodeModel(loopGraph({ body, shared, vectors, blocks, size }))
}

/** A network judged on rows, not trained: inputs `parameters` and `data.NAME`, outputs `loss` [], the mean, and `logits`. */
export function lossModel(spec: NetworkSpec, widths: BatchWidths, loss: LossFn): Uint8Array {
  const size = parameterCount(spec)
  const parameters = input('parameters', [size])
  const data = dataInputs(widths, BATCH)
  const batch = Object.fromEntries(data.map((x) => [x.field, x.tensor]))
  const tensors = parameterTensors(spec, [{ offset: 0, size, value: parameters }])
  const { logits, seen } = forwardSeeing(spec, tensors, batch['inputs']!)
  const inputs = [parameters, ...data.map((x) => x.tensor)]
  const outputs = { loss: loss(logits, batch, seen), logits }
  return encodeModel(emitGraph({ name: 'loss', inputs, outputs }))
}

const sizeOfAll = (ranges: readonly Range[]): number => ranges.reduce((total, { size }) => total + size, 0)

const dataInputs = (widths: BatchWidths, rows: string): { field: string; tensor: Input }[] =>
  Object.entries(widths).map(([field, width]) => ({ field, tensor: input(dataName(field), [rows, width]) }))

/** The optimiser's step on every block, or the new statistics: the new parameters, then the new slots. */
function stepBlocks(step: {
  layout: readonly ParameterSlice[]
  blocks: readonly Range[]
  carried: readonly (readonly Expr[])[]
  parameters: ReadonlyMap<string, Expr>
  updates: ReadonlyMap<string, Expr>
  value: Expr
  scalars: readonly Expr[]
  optimiser: Optimiser
  members: number | undefined
}): Expr[][] {
  const layout = step.layout.filter(({ trained }) => trained)
  const trained = sizeOfAll(layout)
  const trainedBlocks = step.blocks.filter(({ offset }) => offset < trained)
  const tensors = layout.map(({ name }) => step.parameters.get(name)!)
  const slopes = gradients(step.value, tensors)
  const pulls = layout.map(({ decays }, i) => expandLike(scalar(Number(decays)), tensors[i]!))
  const pieces = (values: readonly Expr[]): Piece[] =>
    layout.map((range, i) => ({ ...range, value: values[i]! }))
  const { clipNorm } = step.optimiser
  const bounded = clipNorm === undefined ? slopes : shrunk(slopes, clipNorm, step.members)
  const gradient = recut(pieces(bounded), trainedBlocks)
  const decays = recut(pieces(pulls), trainedBlocks)
  const statistics = step.layout.filter((range) => !range.trained)
  const updated = statistics.map((range) => {
    // What no layer replaces is frozen.
    return { ...range, value: step.updates.get(range.name) ?? step.parameters.get(range.name)! }
  })
  return step.carried.map(([parameters, ...slots], k) => {
    if (k >= trainedBlocks.length) return [...recut(updated, [step.blocks[k]!]), ...slots]
    const state = { parameters: parameters!, slots, gradient: gradient[k]!, decays: decays[k]! }
    const next = step.optimiser.update({ ...state, scalars: step.scalars })
    return [next.parameters, ...next.slots]
  })
}

/** A gradient brought down to L2 norm `bound` where it is above; with `members`, each member's part by itself. */
function shrunk(slopes: readonly Expr[], bound: number, members: number | undefined): Expr[] {
  const within = (x: Expr): number[] => x.shape.map((_, i) => i).slice(members === undefined ? 0 : 1)
  const norms = sqrt(slopes.map((slope) => sum(square(slope), within(slope))).reduce((a, b) => add(a, b)))
  const shares = div(bound, maximum(norms, bound))
  return slopes.map((slope) =>
    mul(slope, members === undefined ? shares : reshape(shares, [members, ...within(slope).map(() => 1)])),
  )
}

/** Around the loop: cut each vector into blocks once, run the steps, join the blocks again. */
function loopGraph(parts: {
  body: onnx.IGraphProto
  shared: readonly Input[]
  vectors: readonly string[]
  blocks: readonly Range[]
  size: number
}): onnx.IGraphProto {
  const { body, shared, vectors, blocks, size } = parts
  const { AttributeType } = onnx.AttributeProto
  const blockNames = (vector: string, stage: string): string[] =>
    blocks.map((_, k) => `${vector}.${stage}.${k}`)
  // The loop carries block 0 of every vector, then block 1 of every vector, and so on.
  const carriedNames = (stage: string): string[] =>
    blocks.flatMap((_, k) => vectors.map((vector) => `${vector}.${stage}.${k}`))
  const axis = { name: 'axis', type: AttributeType.INT, i: 0 }
  const sizes = constant(
    blocks.map((block) => block.size),
    [blocks.length],
    'int64',
  )
  return {
    name: 'training',
    input: [
      valueInfo('steps', [], 'int64'),
      ...vectors.map((vector) => valueInfo(vector, [size])),
      ...shared.map(({ name, shape, dtype }) => valueInfo(name, shape, dtype)),
    ],
    initializer: [tensor('blocks', sizes)],
    node: [
      ...vectors.map((vector) => ({
        name: `cut ${vector}`,
        op_type: 'Split',
        input: [vector, 'blocks'],
        output: blockNames(vector, 'first'),
        attribute: [axis],
      })),
      {
        name: 'loop',
        op_type: 'Loop',
        // The second input is the first condition; left out, the loop runs for all its steps.
        input: ['steps', '', ...carriedNames('first')],
        output: [...carriedNames('last'), 'losses'],
        attribute: [{ name: 'body', type: AttributeType.GRAPH, g: body }],
      },
      ...vectors.map((vector) => ({
        name: `join ${vector}`,
        op_type: 'Concat',
        input: blockNames(vector, 'last'),
        output: [trainedName(vector)],
        attribute: [axis],
      })),
    ],
    output: [
      ...vectors.map((vector) => valueInfo(trainedName(vector), [size])),
      valueInfo('losses', ['steps']),
    ],
  }
}
