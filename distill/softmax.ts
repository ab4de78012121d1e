/** Softmax over the rows of a plain matrix, in float64: what sites and rules compute outside a graph. */

/** Each row of `logits`, divided by `temperature`, as probabilities; float64 so that rows sum to one closely. */
export function softmaxRows(logits: ArrayLike<number>, classes: number, temperature = 1): Float64Array {
  return logSoftmaxRows(logits, classes, temperature).map(Math.exp)
}

export function logSoftmaxRows(logits: ArrayLike<number>, classes: number, temperature = 1): Float64Array {
  const values = Float64Array.from(logits, (logit) => logit / temperature)
  for (let at = 0; at < values.length; at += classes) {
    const row = values.subarray(at, at + classes)
    const largest = row.reduce((a, b) => Math.max(a, b))
    const logSum = largest + Math.log(row.reduce((sum, value) => sum + Math.exp(value - largest), 0))
    row.forEach((value, index) => (row[index] = value - logSum))
  }
  return values
}
