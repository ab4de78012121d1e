/** Training data in memory: named tensors of equally many rows. */
import { EngineError } from './errors.ts'
import type { NetworkSpec } from './spec.ts'

/** Named per-row tensors, row-major: `data` holds rows x `width` numbers. `inputs` is required. */
export type BatchData = Readonly<Record<string, { readonly data: Float32Array; readonly width: number }>>

/** The width of each named tensor of a row. */
export type BatchWidths = Readonly<Record<string, number>>

export const rowsIn = ({ inputs }: BatchData): number => inputs!.data.length / inputs!.width

export const widthsOf = (batch: BatchData): BatchWidths =>
  Object.fromEntries(Object.entries(batch).map(([name, { width }]) => [name, width]))

export const wrongData = (message: string): EngineError => new EngineError('ENGINE_DATA_INVALID', message)

/** The inputs must be as wide as the network takes them, and every tensor rows of numbers as many as they are. */
export function checkBatch(spec: NetworkSpec, purpose: string, batch: BatchData): void {
  checkWidths(spec, purpose, widthsOf(batch))
  checkNumbers(purpose, batch, rowsIn(batch))
}

export function checkWidths(spec: NetworkSpec, purpose: string, { inputs }: BatchWidths): void {
  if (inputs === spec.inputs) return
  const given = inputs === undefined ? 'is missing' : `has ${inputs} columns`
  throw wrongData(`The ${purpose} tensor "inputs" ${given}; the network takes ${spec.inputs}.`)
}

/** Every tensor must have that many rows and hold only numbers; `before` rows precede these in the data. */
export function checkNumbers(purpose: string, batch: BatchData, rows: number, before = 0): void {
  for (const [name, { data, width }] of Object.entries(batch)) {
    if (rows < 1 || data.length !== rows * width) {
      throw wrongData(
        `The ${purpose} tensor "${name}" has ${data.length} numbers for ${rows} rows of ${width}.`,
      )
    }
    const bad = data.findIndex((x) => !Number.isFinite(x))
    if (bad >= 0) {
      const place = `row ${before + Math.floor(bad / width) + 1}, column ${(bad % width) + 1}`
      throw wrongData(`The ${purpose} tensor "${name}" holds ${data[bad]} at ${place}.`)
    }
  }
}
