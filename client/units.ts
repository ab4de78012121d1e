/**
 * Which sub-teacher, and which side of a split, each person's rows belong to.
 *
 * It is decided by a keyed hash of who the row is about (or, where no column says so, of the row itself), and by
 * nothing else: one person more or less moves nobody else's rows. A shuffle would not do: it deals every row
 * anew when one is gone, and then one person's absence reaches every sub-teacher. The key is the site's own, so
 * nobody outside can choose rows that meet in one part.
 */
import type { Dataset } from '#engine/data/dataset.ts'
import { hashBytes } from '#privacy/crypto.ts'
import type { Identity } from '#privacy/identity.ts'

/** 32 bytes that only this identity can compute: signatures of Ed25519 are deterministic, and this one never leaves. */
export function unitKeyOf({ sign }: Pick<Identity, 'sign'>): Uint8Array {
  return hashBytes([sign('collegium/v1/unit-key', new Uint8Array())])
}

/** For each row a number in [0, 1), uniform over units and the same for all rows of one; independent between purposes. */
export function unitDraws(dataset: Dataset, key: Uint8Array, purpose: string): Float64Array {
  const own = hashBytes([utf8(purpose)], key)
  return Float64Array.from({ length: dataset.rows }, (_, row) => {
    const digest = hashBytes([unitBytes(dataset, row)], own)
    return Buffer.from(digest.buffer, digest.byteOffset).readUIntBE(0, 6) / 2 ** 48
  })
}

/** The rows of each of `parts` parts, in the order of the dataset; a part may be empty. */
export function partByUnit(dataset: Dataset, key: Uint8Array, parts: number): Int32Array[] {
  const rows = Array.from({ length: parts }, (): number[] => [])
  unitDraws(dataset, key, 'part').forEach((draw, row) => rows[Math.floor(draw * parts)]?.push(row))
  return rows.map((part) => Int32Array.from(part))
}

/** The rows of each unit. */
export function rowsByUnit(dataset: Dataset): Int32Array[] {
  const rows = new Map<string, number[]>()
  for (let row = 0; row < dataset.rows; row++) {
    const unit = dataset.units?.[row] ?? String(row)
    rows.set(unit, [...(rows.get(unit) ?? []), row])
  }
  return [...rows.values()].map((each) => Int32Array.from(each))
}

function unitBytes({ units, inputs, features, labels }: Dataset, row: number): Uint8Array {
  const unit = units?.[row]
  if (unit !== undefined) return utf8(unit)
  const bytes = new Uint8Array(features * 4 + 4)
  const view = new DataView(bytes.buffer)
  for (let k = 0; k < features; k++) view.setFloat32(k * 4, inputs[row * features + k] as number, true)
  view.setInt32(features * 4, labels?.[row] ?? -1, true)
  return bytes
}

const utf8 = (text: string) => new TextEncoder().encode(text)
