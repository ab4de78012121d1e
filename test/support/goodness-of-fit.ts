/** Whether samples of whole numbers come from a law: statistics that are about N(0, 1) if they do. */

/**
 * Pearson's statistic, made about normal by Wilson and Hilferty's cube root. Values beyond `reach` on either side
 * share a cell, and cells are joined until each expects ten samples.
 */
export function chiSquare(
  samples: readonly number[],
  pmf: (value: number) => number,
  reach: number,
): { readonly z: number } {
  const last = Math.ceil(reach)
  const observed = new Map<number, number>()
  for (const sample of samples) {
    const at = Math.max(-last, Math.min(last, sample))
    observed.set(at, (observed.get(at) ?? 0) + 1)
  }
  const cells: { expected: number; seen: number }[] = [{ expected: 0, seen: 0 }]
  for (let value = -last; value <= last; value++) {
    let probability = pmf(value)
    // The end cells hold their tails.
    if (Math.abs(value) === last)
      for (let beyond = 1; beyond <= 10 * last; beyond++)
        probability += pmf(value + Math.sign(value) * beyond)
    const cell = cells.at(-1)!
    cell.expected += probability * samples.length
    cell.seen += observed.get(value) ?? 0
    if (cell.expected >= 10 && value < last) cells.push({ expected: 0, seen: 0 })
  }
  const rest = cells.at(-1)!
  if (rest.expected < 10 && cells.length > 1) {
    cells.pop()
    cells.at(-1)!.expected += rest.expected
    cells.at(-1)!.seen += rest.seen
  }
  const statistic = cells.reduce((sum, { expected, seen }) => sum + (seen - expected) ** 2 / expected, 0)
  const freedom = cells.length - 1
  const spread = 2 / (9 * freedom)
  return { z: (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread) }
}

/** How many standard errors the mean square is off the variance; for laws of mean 0 and kurtosis about 3. */
export function varianceZ(samples: readonly number[], variance: number): number {
  const meanSquare = samples.reduce((sum, x) => sum + x * x, 0) / samples.length
  return (meanSquare / variance - 1) / Math.sqrt(2 / samples.length)
}

/** Correlation of samples that are `lag` apart, for laws of mean 0; standard error 1 / sqrt(samples). */
export function autocorrelation(samples: readonly number[], lag: number): number {
  let products = 0
  let squares = 0
  samples.forEach((x, i) => {
    squares += x * x
    products += x * (samples[i + lag] ?? 0)
  })
  return products / squares
}
