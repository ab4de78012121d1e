/** Which class comes first, and by how much: what votes, hard targets and abstention are made of. */

/** One for the largest value of each row, the first of equals, and zero for the others. */
export function oneHotOfFirst<A extends Float32Array | Float64Array>(
  values: ArrayLike<number>,
  classes: number,
  Of: new (length: number) => A,
): A {
  const hot = new Of(values.length)
  for (let at = 0; at < values.length; at += classes) {
    let first = at
    for (let k = at + 1; k < at + classes; k++)
      if ((values[k] as number) > (values[first] as number)) first = k
    hot[first] = 1
  }
  return hot
}

/**
 * The rows, ascending, of which the likeliest class leads the second by at least `margin`, in [0, 1]; all of them at
 * 0. `targets` is rows x classes, each row summing to one. An item on which the answers are divided, or that noise
 * drowns, may teach a student worse than nothing (the threshold of Confident-GNMax, Papernot et al. 2018, section 4).
 */
export function decidedRows(targets: Float32Array, classes: number, margin: number): number[] {
  return Array.from({ length: targets.length / classes }, (_, row) => row).filter(
    (row) => leadOf(targets, row * classes, classes) >= margin,
  )
}

/** By how much the largest of the `classes` values from `at` on exceeds the second. */
export function leadOf(values: ArrayLike<number>, at: number, classes: number): number {
  let [first, second] = [-Infinity, -Infinity]
  for (let k = at; k < at + classes; k++) {
    const value = values[k] as number
    if (value > first) [first, second] = [value, first]
    else if (value > second) second = value
  }
  return first - second
}
