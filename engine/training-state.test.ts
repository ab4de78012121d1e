import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeTrainingState, encodeTrainingState } from './training-state.ts'
import type { TrainingState } from './training-state.ts'

const vector = (size: number) =>
  fc.float32Array({ minLength: size, maxLength: size, noNaN: true, noDefaultInfinity: true })
const states: fc.Arbitrary<TrainingState> = fc
  .record({ size: fc.integer({ min: 1, max: 20 }), epoch: fc.nat(1000), since: fc.nat(3), slots: fc.nat(3) })
  .chain(({ size, epoch, since, slots }) =>
    fc
      .record({
        parameters: vector(size),
        kept: vector(size),
        slots: fc.array(vector(size), { minLength: slots, maxLength: slots }),
        unsettled: fc.nat(199),
        score: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), {
          nil: undefined,
        }),
      })
      .map(({ kept, score, ...state }) => {
        const best = Math.max(0, epoch - since)
        const parameters = best === epoch ? state.parameters : kept
        // JSON has no minus zero.
        const judged = score !== undefined && { score: score + 0 }
        return { ...state, epoch, best: { epoch: best, parameters, ...judged } }
      }),
  )

const state: TrainingState = {
  epoch: 3,
  parameters: Float32Array.of(1, 2),
  slots: [Float32Array.of(3, 4)],
  unsettled: 5,
  best: { epoch: 2, parameters: Float32Array.of(6, 7), score: 0.5 },
}

describe('a saved training state', () => {
  it('comes back bit for bit', () => {
    fc.assert(
      fc.property(states, (s) => {
        expect(decodeTrainingState(encodeTrainingState(s))).toEqual(s)
      }),
    )
  })

  it('holds the best weights only where they are not the latest', () => {
    const latest = { ...state, best: { epoch: 3, parameters: state.parameters, score: 0.5 } }
    const headless = (s: TrainingState): number => {
      const bytes = encodeTrainingState(s)
      return bytes.length - 8 - Number(new DataView(bytes.buffer).getBigUint64(0, true))
    }
    // Two numbers of four bytes in each of parameters, slot.0 and best.
    expect([headless(state), headless(latest)]).toEqual([24, 16])
  })

  it('is refused when cut short, garbled or altered', () => {
    const bytes = encodeTrainingState(state)
    const refused = expect.objectContaining({ code: 'ENGINE_MODEL_INVALID' })
    for (const length of [0, 7, 8, 40, bytes.length - 1]) {
      expect(() => decodeTrainingState(bytes.subarray(0, length))).toThrow(refused)
    }
    const altered = (from: string, to: string): Uint8Array => {
      const text = new TextDecoder('latin1').decode(bytes)
      expect(text).toContain(from)
      return Uint8Array.from(text.replace(from, to), (c) => c.charCodeAt(0))
    }
    expect(() => decodeTrainingState(altered('\\"version\\":1', '\\"version\\":2'))).toThrow(
      'in a version known here',
    )
    expect(() => decodeTrainingState(altered('\\"epoch\\":3', '\\"epoch\\":1'))).toThrow(refused)
    expect(() => decodeTrainingState(altered('\\"slots\\":1', '\\"slots\\":2'))).toThrow(
      'parameters, slot.0, slot.1, best',
    )
    expect(() => decodeTrainingState(altered('slot.0', 'slot.9'))).toThrow(refused)
    expect(() => decodeTrainingState(altered('training-state', 'training-stare'))).toThrow(refused)
    const infinite = Uint8Array.from(bytes)
    new DataView(infinite.buffer).setFloat32(bytes.length - 4, Infinity, true)
    expect(() => decodeTrainingState(infinite)).toThrow('"best" holds a number that is not finite')
  })
})
