/**
 * Images described by which way their edges run, and where (Dalal and Triggs, CVPR 2005).
 *
 * Nothing of this is learned, so nobody's data are in it; and a few rows teach more by such numbers than by pixels,
 * as they hardly change when what is shown moves a little, or is brighter.
 *
 *     pixel   its gradient's length goes to the two nearest of 8 directions of half a turn, by how near each is
 *     cell    every 4 pixels, a window that falls off like a tent, so that a pixel adds to the four nearest cells
 *     norm    each cell is divided by the length of the 3 x 3 cells around it
 */
import { imageShape, type FeatureSchema } from './schema.ts'

/** Height, width and channels. A row lists the channels of a pixel, pixel after pixel. */
export type ImageShape = readonly [height: number, width: number, channels: number]

const DIRECTIONS = 8
const CELL = 4
/** Added to lengths, so that the faintest texture is not taken for edges; in units of the image's values. */
const FAINT = 0.1
/** What an edge has at most, so that the numbers vary about as much as those of a table. */
const GREATEST = 10
/** Cells on each side; smaller images have too few for more to be seen than in their pixels. */
const FEWEST_CELLS = 4

/** The images that rows of this schema are, where they are large enough to be described so. */
export function edgesOf(schema: FeatureSchema): ImageShape | undefined {
  const image = imageShape(schema)
  return image && Math.min(image[0], image[1]) >= FEWEST_CELLS * CELL ? image : undefined
}

/** Numbers that describe one image. */
export const orientedGradientCount = ([height, width]: ImageShape): number =>
  Math.ceil(height / CELL) * Math.ceil(width / CELL) * DIRECTIONS

/** rows x (height x width x channels) values give rows x `orientedGradientCount`, each from 0 to GREATEST. */
export function orientedGradients(images: Float32Array, shape: ImageShape): Float32Array {
  const [height, width, channels] = shape
  const size = height * width * channels
  const count = orientedGradientCount(shape)
  const [down, across] = [tents(height), tents(width)]
  const described = new Float32Array((images.length / size) * count)
  for (let row = 0; row * size < images.length; row++) {
    const cells = described.subarray(row * count, (row + 1) * count)
    addEdges(images.subarray(row * size, (row + 1) * size), shape, { down, across, cells })
    normalise(cells, Math.ceil(width / CELL))
  }
  return described
}

interface Cells {
  readonly down: readonly Share[][]
  readonly across: readonly Share[][]
  /** Rows of cells, each with its directions. */
  readonly cells: Float32Array
}

interface Share {
  readonly cell: number
  readonly weight: number
}

/** For each pixel of an axis, the cells that it adds to. */
const tents = (length: number): Share[][] =>
  Array.from({ length }, (_, pixel) => {
    const at = (pixel + 0.5) / CELL - 0.5
    const low = Math.floor(at)
    return [
      { cell: low, weight: low + 1 - at },
      { cell: low + 1, weight: at - low },
    ].filter(({ cell, weight }) => cell >= 0 && cell < Math.ceil(length / CELL) && weight > 0)
  })

function addEdges(
  image: Float32Array,
  [height, width, channels]: ImageShape,
  { down, across, cells }: Cells,
) {
  const columns = Math.ceil(width / CELL)
  for (let y = 0; y < height; y++) {
    const [above, below] = [Math.max(y - 1, 0) * width, Math.min(y + 1, height - 1) * width]
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(x - 1, 0), Math.min(x + 1, width - 1)]
      let [gx, gy] = [0, 0]
      // Of the channel that changes most; at the border the edge is repeated.
      for (let c = 0; c < channels; c++) {
        const dx = image[(y * width + right) * channels + c]! - image[(y * width + left) * channels + c]!
        const dy = image[(below + x) * channels + c]! - image[(above + x) * channels + c]!
        if (dx * dx + dy * dy > gx * gx + gy * gy) [gx, gy] = [dx, dy]
      }
      const length = Math.sqrt(gx * gx + gy * gy)
      if (length === 0) continue
      const direction = (Math.atan2(gy, gx) / Math.PI + 1) * DIRECTIONS
      const low = Math.floor(direction)
      const further = direction - low
      for (const vertical of down[y]!)
        for (const horizontal of across[x]!) {
          const weight = vertical.weight * horizontal.weight * length
          const cell = (vertical.cell * columns + horizontal.cell) * DIRECTIONS
          cells[cell + (low % DIRECTIONS)]! += weight * (1 - further)
          cells[cell + ((low + 1) % DIRECTIONS)]! += weight * further
        }
    }
  }
}

function normalise(cells: Float32Array, columns: number): void {
  const rows = cells.length / DIRECTIONS / columns
  const squares = Array.from({ length: rows * columns }, (_, cell) =>
    cells.subarray(cell * DIRECTIONS, (cell + 1) * DIRECTIONS).reduce((sum, value) => sum + value * value, 0),
  )
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      let around = FAINT ** 2
      for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v++)
        for (let h = Math.max(0, x - 1); h <= Math.min(columns - 1, x + 1); h++)
          around += squares[v * columns + h]!
      const at = (y * columns + x) * DIRECTIONS
      for (let i = at; i < at + DIRECTIONS; i++) cells[i] = (GREATEST * cells[i]!) / Math.sqrt(around)
    }
}
