/** What anyone asks of a model: the logits of some rows. */
export interface Predictor {
  /** Numbers in one row of inputs; undefined where the model does not say. */
  readonly inputs: number | undefined
  readonly outputs: number | undefined
  /** Row-major inputs, `rows` of them, give row-major logits. Throws ENGINE_DATA_INVALID when the sizes differ. */
  logits(inputs: Float32Array, rows: number): Promise<Float32Array>
  release(): Promise<void>
}

/** What made probabilities of logits: softmax of classes, of which a row has one, or sigmoid of labels of their own. */
export type Squashing = 'softmax' | 'sigmoid'

/** Logits that `squashing` turns back into these probabilities; softmax forgets a constant a row. */
export function logitsOf(probabilities: Float32Array, squashing: Squashing): Float32Array {
  const log = (p: number) => Math.log(Math.max(p, 1e-30))
  return probabilities.map(squashing === 'softmax' ? log : (p) => log(p) - log(1 - p))
}

/** Softmax of each row of logits divided by the temperature, in double precision. */
export function softmaxRows(logits: Float32Array, width: number, temperature = 1): Float32Array {
  const probabilities = new Float32Array(logits.length)
  for (let start = 0; start < logits.length; start += width) {
    const row = logits.subarray(start, start + width)
    // The largest logit is taken off first, so that nothing overflows.
    const top = row.reduce((a, b) => Math.max(a, b), -Infinity)
    const weights = Array.from(row, (z) => Math.exp((z - top) / temperature))
    const total = weights.reduce((a, b) => a + b, 0)
    probabilities.set(
      weights.map((w) => w / total),
      start,
    )
  }
  return probabilities
}
