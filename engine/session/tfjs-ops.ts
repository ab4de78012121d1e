/**
 * The table: every ONNX operator that the engine writes, as a function of TensorFlow.js tensors. An entry lists
 * the attributes that it understands with their defaults (https://onnx.ai/onnx/operators/, opset 18); one that is
 * not listed makes the model refused, since ignoring it would give other numbers. To interpret a new operator is
 * to add an entry; a test compares the table with what the engine can write.
 */
import type { TensorFlow, TfTensor } from '../tfjs.ts'
import type { AttributeValue, Op, OpTable } from './tfjs-graph.ts'
import { dtypeOf, numbersIn } from './tfjs-tensors.ts'
import { averagePool, conv, convTranspose, maxPool, repeatEntries, scatterFlat } from './tfjs-windows.ts'

/** Attributes of a list type have an empty list as default, which ONNX reads as its own default. */
const none: readonly number[] = []
const moving = { strides: none, dilations: none, pads: none }

/** Required inputs are taken to be there: a node without one fails where it is read, and the failure names it. */
type Inputs = readonly TfTensor[]

function op<A extends Record<string, AttributeValue>>(
  defaults: A,
  compute: (inputs: Inputs, attributes: A, outputs: number) => TfTensor | TfTensor[],
): Op {
  return { defaults, compute: compute as Op['compute'] }
}
const one = (compute: (x: TfTensor) => TfTensor): Op => op({}, ([x]) => compute(x!))
const two = (compute: (a: TfTensor, b: TfTensor) => TfTensor): Op => op({}, ([a, b]) => compute(a!, b!))

export function opTable(tf: TensorFlow): OpTable {
  return {
    ...elementwise(tf),
    ...wrapping(tf),
    ...reductions(tf),
    ...arrangement(tf),
    ...places(tf),
    ...products(tf),
    ...windows(tf),
  }
}

const elementwise = (tf: TensorFlow): OpTable => ({
  Add: two((a, b) => tf.add(a, b)),
  Sub: two((a, b) => tf.sub(a, b)),
  Div: two((a, b) => tf.div(a, b)),
  Pow: two((a, b) => tf.pow(a, b)),
  Greater: two((a, b) => tf.greater(a, b)),
  Less: two((a, b) => tf.less(a, b)),
  Equal: two((a, b) => tf.equal(a, b)),
  And: two((a, b) => tf.logicalAnd(a, b)),
  Mod: two((a, b) => tf.mod(a, b)),
  Where: op({}, ([condition, a, b]) => tf.where(condition!, a!, b!)),
  Identity: one((x) => x),
  Neg: one((x) => tf.neg(x)),
  Exp: one((x) => tf.exp(x)),
  Log: one((x) => tf.log(x)),
  Sqrt: one((x) => tf.sqrt(x)),
  Abs: one((x) => tf.abs(x)),
  Sign: one((x) => tf.sign(x)),
  Floor: one((x) => tf.floor(x)),
  Cos: one((x) => tf.cos(x)),
  Relu: one((x) => tf.relu(x)),
  Tanh: one((x) => tf.tanh(x)),
  Sigmoid: one((x) => tf.sigmoid(x)),
  Softplus: one((x) => tf.softplus(x)),
  Erf: one((x) => tf.erf(x)),
  LeakyRelu: op({ alpha: 0.01 }, ([x], { alpha }) => tf.leakyRelu(x!, alpha)),
  HardSigmoid: op({ alpha: 0.2, beta: 0.5 }, ([x], { alpha, beta }) =>
    tf.clipByValue(tf.add(tf.mul(x!, alpha), beta), 0, 1),
  ),
  Clip: op({}, ([x, low, high]) => {
    const bounds = [low ? low.dataSync()[0]! : -Infinity, high ? high.dataSync()[0]! : Infinity] as const
    return tf.clipByValue(x!, ...bounds)
  }),
  Cast: op({ to: 0 }, ([x], { to }) => tf.cast(x!, dtypeOf(to, 'the result'))),
  Softmax: op({ axis: -1 }, ([x], { axis }) => tf.softmax(x!, axis)),
  LogSoftmax: op({ axis: -1 }, ([x], { axis }) => tf.logSoftmax(x!, axis)),
})

/** Integers of 32 bits, on which dropout's hash relies: TensorFlow.js would multiply them as doubles. */
function wrapping(tf: TensorFlow): OpTable {
  const onBits = (f: (a: number, b: number) => number) => (a: TfTensor, b: TfTensor) => {
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape)
    const [x, y] = [a, b].map((t) => tf.broadcastTo(t as never, shape as never).dataSync())
    const bits = Int32Array.from(x!, (n, i) => f(n, y![i]!))
    return tf.tensor(bits, shape, 'int32')
  }
  const multiply = onBits(Math.imul)
  const xor = onBits((a, b) => a ^ b)
  const [left, right] = [onBits((a, b) => a << b), onBits((a, b) => a >>> b)]
  return {
    Mul: two((a, b) => (a.dtype === 'int32' ? multiply(a, b) : tf.mul(a, b))),
    BitwiseXor: two(xor),
    // Of unsigned numbers only, so that what comes in from the left is 0.
    BitShift: op({ direction: '' }, ([a, b], { direction }) =>
      direction === 'RIGHT' ? right(a!, b!) : left(a!, b!),
    ),
  }
}

function reductions(tf: TensorFlow): OpTable {
  const reduce = (compute: (x: TfTensor, axes: number[] | undefined, keep: boolean) => TfTensor): Op =>
    op({ keepdims: 1 }, ([x, axes], { keepdims }) =>
      compute(x!, axes ? numbersIn(axes) : undefined, keepdims === 1),
    )
  return {
    ReduceSum: reduce((x, axes, keep) => tf.sum(x, axes, keep)),
    ReduceMean: reduce((x, axes, keep) => tf.mean(x, axes, keep)),
    ReduceMax: reduce((x, axes, keep) => tf.max(x, axes, keep)),
  }
}

const arrangement = (tf: TensorFlow): OpTable => ({
  Shape: op({ start: 0, end: Infinity }, ([x], { start, end }) =>
    tf.tensor(Int32Array.from(x!.shape.slice(start, end)), undefined, 'int32'),
  ),
  // 0 stands for the extent that is there.
  Reshape: two((x, target) =>
    tf.reshape(
      x,
      numbersIn(target).map((extent, i) => (extent === 0 ? x.shape[i]! : extent)),
    ),
  ),
  Expand: two((x, target) => {
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(x.shape, numbersIn(target))
    return tf.broadcastTo(x, shape)
  }),
  Transpose: op({ perm: none }, ([x], { perm }) => tf.transpose(x!, perm.length > 0 ? [...perm] : undefined)),
  Concat: op({ axis: 0 }, (parts, { axis }) => tf.concat([...parts], axis)),
  Split: op({ axis: 0 }, ([x, sizes], { axis }) => tf.split(x!, numbersIn(sizes!), axis)),
  Slice: op({}, ([x, starts, ends, axes, steps]) => slice(tf, x!, starts!, ends!, axes, steps)),
  Pad: op({ mode: 'constant' }, ([x, pads, value], { mode }) => {
    if (mode !== 'constant') throw new Error(`the mode ${mode} is not interpreted here`)
    const [around, rank] = [numbersIn(pads!), x!.shape.length]
    // A negative number of zeros cuts off.
    const [before, after] = [around.slice(0, rank), around.slice(rank)]
    const from = before.map((n) => Math.max(-n, 0))
    const kept = x!.shape.map((extent, i) => extent - from[i]! - Math.max(-after[i]!, 0))
    const margins = before.map((n, i): [number, number] => [Math.max(n, 0), Math.max(after[i]!, 0)])
    return tf.pad(tf.slice(x!, from, kept), margins, value ? value.dataSync()[0]! : 0)
  }),
  ConstantOfShape: op({ value: [0] as readonly number[] }, ([shape], { value }) =>
    tf.fill(numbersIn(shape!) as never, value[0]!),
  ),
  Range: op({}, ([start, limit, delta]) => {
    const [from, to, step] = [start, limit, delta].map((x) => x!.dataSync()[0]!)
    return tf.range(from!, to!, step, start!.dtype as 'int32')
  }),
})

/** Negative bounds count from the end, and a bound past an end means that end. */
function slice(
  tf: TensorFlow,
  x: TfTensor,
  starts: TfTensor,
  ends: TfTensor,
  axes: TfTensor | undefined,
  steps: TfTensor | undefined,
): TfTensor {
  const [from, to] = [numbersIn(starts), numbersIn(ends)]
  const over = axes ? numbersIn(axes) : from.map((_, i) => i)
  const stride = steps ? numbersIn(steps) : from.map(() => 1)
  const [begin, end, by] = [x.shape.map(() => 0), [...x.shape], x.shape.map(() => 1)]
  const turned: number[] = []
  over.forEach((axis, i) => {
    const at = axis < 0 ? axis + x.shape.length : axis
    const extent = x.shape[at]!
    if (stride[i] === -1) {
      if (from[i] !== -1 || to[i]! >= -extent) throw new Error('only whole axes are turned around here')
      turned.push(at)
      return
    }
    const within = (n: number): number => Math.min(Math.max(n < 0 ? n + extent : n, 0), extent)
    if (stride[i]! < 1) throw new Error('a step below -1 is not interpreted here')
    begin[at] = within(from[i]!)
    end[at] = Math.max(within(to[i]!), begin[at])
    by[at] = stride[i]!
  })
  if (turned.length > 0) return tf.reverse(x, turned)
  if (by.some((step) => step > 1)) return tf.stridedSlice(x, begin, end, by)
  return tf.slice(
    x,
    begin,
    end.map((n, i) => n - begin[i]!),
  )
}

/** Reading and writing at listed places. */
const places = (tf: TensorFlow): OpTable => ({
  Gather: op({ axis: 0 }, ([x, indices], { axis }) => tf.gather(x!, indices as never, axis)),
  GatherElements: op({ axis: 0 }, ([x, indices]) => tf.gather(list(x!), indices as never)),
  ScatterElements: op({ axis: 0, reduction: 'none' }, ([data, indices, values], { reduction }) => {
    onlyAdding(reduction)
    return tf.add(data!, scatterFlat(tf, values!, indices!, tf.tensor(list(data!).shape, undefined, 'int32')))
  }),
  ScatterND: op({ reduction: 'none' }, ([data, indices, values], { reduction }) => {
    onlyAdding(reduction)
    return tf.add(data!, tf.scatterND(indices as never, values!, data!.shape as never))
  }),
})

function list(x: TfTensor): TfTensor {
  if (x.shape.length !== 1) throw new Error('only a list of elements is interpreted here')
  return x
}

function onlyAdding(reduction: string): void {
  if (reduction !== 'add') throw new Error(`the reduction ${reduction} is not interpreted here`)
}

const products = (tf: TensorFlow): OpTable => ({
  Gemm: op({ alpha: 1, beta: 1, transA: 0, transB: 0 }, ([a, b, c], { alpha, beta, transA, transB }) => {
    const scaled = (x: TfTensor, by: number): TfTensor => (by === 1 ? x : tf.mul(x, by))
    const product = scaled(tf.matMul(a!, b!, transA === 1, transB === 1), alpha)
    return c ? tf.add(product, scaled(c, beta)) : product
  }),
  MatMul: two((a, b) => {
    // A list is a row on the left and a column on the right, and its extent of 1 is dropped again.
    const left = a.shape.length === 1 ? tf.reshape(a, [1, -1]) : a
    const right = b.shape.length === 1 ? tf.reshape(b, [-1, 1]) : b
    const product = tf.matMul(left, right)
    const shape = product.shape.filter(
      (_, i, { length }) =>
        !(a.shape.length === 1 && i === length - 2) && !(b.shape.length === 1 && i === length - 1),
    )
    return shape.length === product.shape.length ? product : tf.reshape(product, shape)
  }),
})

const windows = (tf: TensorFlow): OpTable => ({
  BatchNormalization: op(
    { epsilon: 1e-5, momentum: 0.9, training_mode: 0 },
    ([x, scale, shift], { epsilon, momentum, training_mode: training }) => {
      if (training !== 1 || momentum !== 0)
        throw new Error('only statistics of the batch are interpreted here')
      const { mean, variance } = tf.moments(
        x!,
        x!.shape.flatMap((_, i) => (i === 1 ? [] : [i])),
      )
      const perChannel = (list: TfTensor): TfTensor =>
        tf.reshape(list, [-1, ...x!.shape.slice(2).map(() => 1)])
      const slope = perChannel(tf.mul(scale!, tf.rsqrt(tf.add(variance, epsilon))))
      const y = tf.add(tf.mul(tf.sub(x!, perChannel(mean)), slope), perChannel(shift!))
      return [y, mean, variance]
    },
  ),
  Resize: op({ mode: '', coordinate_transformation_mode: '', nearest_mode: '' }, ([x, , scales], how) => {
    const plain = how.mode === 'nearest' && how.coordinate_transformation_mode === 'asymmetric'
    if (!plain || how.nearest_mode !== 'floor') throw new Error('only repeating entries is interpreted here')
    return repeatEntries(tf, x!, numbersIn(scales!))
  }),
  Conv: op({ ...moving, group: 1, kernel_shape: none }, ([x, w, bias], { group, ...moves }) => {
    const y = conv(tf, x!, w!, moves, group)
    return bias ? tf.add(y, tf.reshape(bias, [-1, ...y.shape.slice(2).map(() => 1)])) : y
  }),
  ConvTranspose: op(
    { ...moving, group: 1, kernel_shape: none, output_padding: none },
    ([y, w, bias], { group, output_padding: extra, ...moves }) => {
      const x = convTranspose(tf, y!, w!, { ...moves, extra }, group)
      return bias ? tf.add(x, tf.reshape(bias, [-1, ...x.shape.slice(2).map(() => 1)])) : x
    },
  ),
  MaxPool: op({ ...moving, kernel_shape: none }, ([x], { kernel_shape: kernel, ...moves }, outputs) =>
    maxPool(tf, x!, kernel, moves, outputs > 1),
  ),
  AveragePool: op(
    { ...moving, kernel_shape: none, count_include_pad: 0 },
    ([x], { kernel_shape: kernel, count_include_pad: counted, ...moves }) =>
      averagePool(tf, x!, kernel, moves, counted === 1),
  ),
})
