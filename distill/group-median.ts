/**
 * A robust way to combine several sums: the median across the means of groups of sites.
 *
 * A value's median lies between two honest groups' values as long as fewer than half of the groups hold a liar, so
 * what a lying group says, however extreme, cannot move a class beyond what some honest group said. Medians of a row
 * do not add up to one; they are scaled until they do, which changes no order among classes.
 */

/**
 * `means` are the groups' mean probabilities, each rows x classes, row-major. With an even number of groups the
 * median is the mean of the middle two. A row whose medians are all zero becomes uniform.
 */
export function medianOfGroups(means: readonly ArrayLike<number>[], classes: number): Float64Array {
  const medians = Float64Array.from(means[0] ?? [], (_, at) =>
    median(means.map((mean) => mean[at] as number)),
  )
  for (let start = 0; start < medians.length; start += classes) {
    const row = medians.subarray(start, start + classes)
    const total = row.reduce((sum, value) => sum + value, 0)
    row.forEach((value, k) => (row[k] = total > 0 ? value / total : 1 / classes))
  }
  return medians
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2
}
