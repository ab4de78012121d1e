/**
 * Images made of nothing but their shape: smooth random fields.
 *
 * Independent pixels are noise to any network that has seen pictures. What natural images share is that neighbours
 * are alike, so each image is a coarse grid of normal numbers, smoothly interpolated (value noise), and either its
 * high ground, soft-edged blobs, or the lines at one height, which look like strokes:
 *
 *     blob    where the field is above a level      ..##..     stroke   where it is near that level   .#..#.
 *
 * The scale of the grid and the level are drawn for each image. A teacher of digits finds in some of them something
 * like a digit, and that is all they are for.
 */
import type { IdxArray } from '#engine/data/idx.ts'
import type { Random } from '#engine/random.ts'

/** Cells of the coarse grid along the longer side: from a few large shapes to several small ones. */
const [COARSEST, FINEST] = [2, 6]
/** How fast black turns to white around a level; fields have unit variance. */
const STEEPNESS = 6
const STROKE_WIDTH = 0.35

/** `count` images of [height, width, channels] with values from 0 to `brightest`; bytes where that is 255. */
export function smoothImages(
  shape: readonly number[],
  [height, width, channels]: readonly [number, number, number],
  brightest: number,
  count: number,
  random: Random,
): IdxArray {
  const size = height * width * channels
  const data = brightest === 255 ? new Uint8Array(count * size) : new Float32Array(count * size)
  for (let item = 0; item < count; item++) {
    const cells = COARSEST + random.integer(FINEST - COARSEST + 1)
    const level = random.normal() / 2
    const stroke = random.next() < 0.5
    for (let channel = 0; channel < channels; channel++) {
      const field = smoothField(height, width, cells, random)
      field.forEach((value, pixel) => {
        const above = stroke ? STROKE_WIDTH - Math.abs(value - level) : value - level
        const light = brightest / (1 + Math.exp(-STEEPNESS * (stroke ? 2 : 1) * above))
        data[item * size + pixel * channels + channel] = brightest === 255 ? Math.round(light) : light
      })
    }
  }
  return { shape: [count, ...shape], data }
}

/** height x width numbers of about unit variance, smooth over 1 / cells of the longer side. */
export function smoothField(height: number, width: number, cells: number, random: Random): Float64Array {
  const step = Math.max(height, width) / cells
  const [rows, columns] = [Math.ceil(height / step) + 2, Math.ceil(width / step) + 2]
  const grid = Float64Array.from({ length: rows * columns }, () => random.normal())
  const [shiftY, shiftX] = [random.next(), random.next()]
  const at = (y: number, x: number) => grid[y * columns + x] as number
  return Float64Array.from({ length: height * width }, (_, pixel) => {
    const [y, x] = [Math.floor(pixel / width) / step + shiftY, (pixel % width) / step + shiftX]
    const [top, left] = [Math.floor(y), Math.floor(x)]
    const [down, right] = [eased(y - top), eased(x - left)]
    const upper = at(top, left) * (1 - right) + at(top, left + 1) * right
    const lower = at(top + 1, left) * (1 - right) + at(top + 1, left + 1) * right
    // Between grid points interpolation averages, and shrinks the variance by the squares of its weights.
    const kept = ((1 - down) ** 2 + down ** 2) * ((1 - right) ** 2 + right ** 2)
    return (upper * (1 - down) + lower * down) / Math.sqrt(kept)
  })
}

/** Smoothstep: no kink where cells meet. */
const eased = (t: number): number => t * t * (3 - 2 * t)
