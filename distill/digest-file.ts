/**
 * What teachers take in between rounds, as bytes: rows of the transfer set and soft targets for them, in a
 * safetensors file that any tool opens.
 *
 * Row numbers are kept as float32, which is exact up to 2^24; no transfer set that fits in memory has more.
 */
import { decodeTensors, encodeTensors, invalidFile } from '#engine/safetensors.ts'

export interface DigestFile {
  /** Of the transfer set, each in [0, 2^24). */
  readonly items: readonly number[]
  /** items x classes: probabilities at the question's temperature. */
  readonly targets: Float32Array
}

const WHAT = "a file of soft targets that fits the question's transfer set"

export function encodeDigest({ items, targets }: DigestFile): Uint8Array {
  const classes = targets.length / items.length
  return encodeTensors({
    metadata: {},
    tensors: [
      { name: 'items', shape: [items.length], data: Float32Array.from(items) },
      { name: 'targets', shape: [items.length, classes], data: targets },
    ],
  })
}

/**
 * The file is the coordinator's, so nothing in it is believed: throws `ENGINE_MODEL_INVALID` unless its items are rows
 * of a transfer set of `rows` and its targets are probabilities of `classes` classes.
 */
export function decodeDigest(bytes: Uint8Array, rows: number, classes: number): DigestFile {
  const invalid = invalidFile(WHAT)
  const [items, targets, ...others] = decodeTensors(bytes, WHAT).tensors
  if (items?.name !== 'items' || targets?.name !== 'targets' || others.length > 0)
    throw invalid('it does not hold items and targets')
  const count = items.data.length
  if (count === 0) throw invalid('it is empty')
  if (items.shape.length !== 1 || targets.shape.join() !== `${count},${classes}`)
    throw invalid(`its targets are not ${count} rows of ${classes} classes`)
  if (!items.data.every((row) => Number.isInteger(row) && row >= 0 && row < rows))
    throw invalid(`its items are not rows of a transfer set of ${rows}`)
  if (!targets.data.every((p) => p >= 0 && p <= 1)) throw invalid('its targets are not probabilities')
  return { items: [...items.data], targets: targets.data }
}
