/** Logits of labels that do not exclude each other, as probabilities of their own, and back; in float64. */

/** 1 / (1 + e^(-z / T)) of every logit. */
export const sigmoids = (logits: ArrayLike<number>, temperature = 1): Float64Array =>
  Float64Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit / temperature)))

/** Two classes, no and yes, for every label: length 2 n of n probabilities. */
export const asPairs = (probabilities: ArrayLike<number>): Float32Array =>
  Float32Array.from({ length: 2 * probabilities.length }, (_, at) => {
    const yes = probabilities[at >> 1] as number
    return at % 2 === 0 ? 1 - yes : yes
  })
