import { describe, expect, it } from 'vitest'
import { decodeNetwork, encodeNetwork } from './checkpoint.ts'
import { initialise } from './network.ts'
import { seededRandom } from './random.ts'
import { parseSpec } from './spec.ts'

const network = initialise(parseSpec({ kind: 'mlp', inputs: 3, hidden: [4], outputs: 2 }), seededRandom(1))
const bytes = encodeNetwork(network)
const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true))

describe('a saved network', () => {
  it('comes back bit for bit, from a view at any offset too', () => {
    expect(decodeNetwork(bytes)).toEqual(network)
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(decodeNetwork(shifted.subarray(3))).toEqual(network)
    expect(decodeNetwork(Buffer.from(bytes))).toEqual(network)
  })

  it('is a safetensors file', () => {
    expect(headerBytes % 8).toBe(0)
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes)))
    expect(header['hidden1.bias']).toEqual({ dtype: 'F32', shape: [4], data_offsets: [48, 64] })
    expect(bytes.length).toBe(8 + headerBytes + 4 * 26)
  })

  it('is refused when cut short, garbled or altered', () => {
    const refused = expect.objectContaining({ code: 'ENGINE_MODEL_INVALID' })
    for (const length of [0, 7, 8, 8 + headerBytes - 1, bytes.length - 1]) {
      expect(() => decodeNetwork(bytes.subarray(0, length))).toThrow(refused)
    }
    expect(() => decodeNetwork(Uint8Array.from([...bytes, 0]))).toThrow(refused)
    expect(() => decodeNetwork(new Uint8Array(64).fill(255))).toThrow(refused)
    const renamed = new TextDecoder('latin1').decode(bytes).replace('hidden1.bias', 'hidden1.boss')
    expect(() => decodeNetwork(Uint8Array.from(renamed, (c) => c.charCodeAt(0)))).toThrow('hidden1.bias')
    const infinite = Uint8Array.from(bytes)
    new DataView(infinite.buffer).setFloat32(8 + headerBytes, Infinity, true)
    expect(() => decodeNetwork(infinite)).toThrow('not finite')
  })
})
