import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '#proto/limits.ts'
import { contentBytes, createAssembly, decodePacket, encodePacket, packet, split } from './packets.ts'

describe('a packet', () => {
  it('is nine bytes of header and its content', () => {
    const bytes = encodePacket(
      packet('part', { frame: 0x01020304, part: 1, parts: 513, content: Uint8Array.of(7) }),
    )
    // part is the third kind; 0x01020304, 1 and 513 = 0x0201 follow, low byte first
    expect([...bytes]).toEqual([2, 4, 3, 2, 1, 1, 0, 1, 2, 7])
  })

  it('survives its encoding', () => {
    const u16 = fc.integer({ min: 0, max: 65_534 })
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), u16, fc.uint8Array(), (frame, part, content) => {
        const sent = packet('pull', { frame, part, parts: part + 1, content })
        expect(decodePacket(encodePacket(sent))).toEqual(sent)
      }),
    )
  })

  it('is nothing else: too short, of no kind, or a part beyond the last', () => {
    const good = encodePacket(packet('here'))
    expect(decodePacket(good)).toBeDefined()
    expect(decodePacket(good.subarray(0, 8))).toBeUndefined()
    expect(decodePacket(Uint8Array.of(8, ...good.subarray(1)))).toBeUndefined()
    expect(decodePacket(encodePacket(packet('part', { part: 1, parts: 1 })))).toBeUndefined()
  })

  it('carries what is left of the message beside its header, and never more than the table says', () => {
    expect(contentBytes(1000)).toBe(991)
    expect(contentBytes(1024 * 1024)).toBe(limits.natsPartBytes.value)
  })
})

describe('a frame in parts', () => {
  it('comes together again, whatever its length and theirs', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (frame, size) => {
        const parts = split(frame, 1, size)
        const assembly = createAssembly()
        const results = parts.map((part) => assembly.add(part))
        expect(results.pop()).toEqual(frame)
        expect(results.every((result) => result === undefined)).toBe(true)
        expect(parts.every(({ content }) => content.length <= size)).toBe(true)
      }),
    )
  })

  it('is broken by a part out of turn, of another count, doubled or empty', () => {
    const [first, second, third] = split(new Uint8Array(30), 1, 10) as [never, never, never]
    for (const [before, broken] of [
      [[], second],
      [[first], first],
      [[first], third],
      [[first], { ...(second as object), parts: 4 } as never],
      [[first], { ...(second as object), content: new Uint8Array() } as never],
    ] as [never[], never][]) {
      const assembly = createAssembly()
      for (const part of before) expect(assembly.add(part)).toBeUndefined()
      expect(assembly.add(broken)).toBe('broken')
    }
  })

  it('is broken by growing beyond a frame', () => {
    const half = new Uint8Array(limits.frameBytes.value / 2)
    const assembly = createAssembly()
    expect(assembly.add(packet('part', { part: 0, parts: 3, content: half }))).toBeUndefined()
    expect(assembly.add(packet('part', { part: 1, parts: 3, content: half }))).toBeUndefined()
    expect(assembly.add(packet('part', { part: 2, parts: 3, content: Uint8Array.of(1) }))).toBe('broken')
  })
})
