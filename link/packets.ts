/**
 * Frames in packets: how a link crosses a broker that only carries small messages.
 *
 * A packet is nine bytes of header and a piece of a frame:
 *
 *     kind u8 | frame number u32 | part u16 | parts u16 | content ...      (little-endian)
 *
 * Every packet of a site is a request to the coordinator and gets one packet back, so a slow end slows the
 * other down instead of filling the broker. A request frame of three parts and its reply of two:
 *
 *     site          part 0/3    part 1/3    part 2/3    pull 1/2
 *     coordinator   ok          ok          part 0/2    part 1/2
 *
 * The broker and whoever else is on it are not trusted: what a frame says is signed and checked further in.
 * Here a packet that does not fit ends its frame, and no sender can make a receiver hold more than some
 * frames of limited size.
 */
import { limits } from '#proto/limits.ts'

const kinds = [
  'open', // site: begin a connection, under an id of its own choosing
  'here', // site: a sign of life
  'part', // both: a piece of a frame
  'pull', // site: asks for a further piece of the reply to its frame
  'ok', // coordinator: go on
  'refused', // coordinator: the frame or connection is turned away; the content is a code
  'stranger', // coordinator: no connection has this id; open one
  'close', // both: the connection ends
] as const

export type PacketKind = (typeof kinds)[number]

export interface Packet {
  readonly kind: PacketKind
  readonly frame: number
  /** 0-based; smaller than `parts`. */
  readonly part: number
  readonly parts: number
  readonly content: Uint8Array
}

export const PACKET_HEADER_BYTES = 9

/** A packet of a kind alone, or with more of its fields. */
export const packet = (kind: PacketKind, fields: Partial<Packet> = {}): Packet => ({
  frame: 0,
  part: 0,
  parts: 1,
  content: new Uint8Array(),
  ...fields,
  kind,
})

export function encodePacket({ kind, frame, part, parts, content }: Packet): Uint8Array {
  const bytes = new Uint8Array(PACKET_HEADER_BYTES + content.length)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, kinds.indexOf(kind))
  view.setUint32(1, frame, true)
  view.setUint16(5, part, true)
  view.setUint16(7, parts, true)
  bytes.set(content, PACKET_HEADER_BYTES)
  return bytes
}

/** The content is a view, not a copy; undefined when the bytes are no packet. */
export function decodePacket(bytes: Uint8Array): Packet | undefined {
  if (bytes.length < PACKET_HEADER_BYTES) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const kind = kinds[view.getUint8(0)]
  const frame = view.getUint32(1, true)
  const part = view.getUint16(5, true)
  const parts = view.getUint16(7, true)
  if (kind === undefined || part >= parts) return undefined
  return { kind, frame, part, parts, content: bytes.subarray(PACKET_HEADER_BYTES) }
}

/** The largest content of one packet on a broker that carries messages of `maxPayload` bytes. */
export const contentBytes = (maxPayload: number): number =>
  Math.min(limits.natsPartBytes.value, maxPayload - PACKET_HEADER_BYTES)

/** Cuts a frame into `part` packets of `size` bytes and a rest; an empty frame is one empty part. */
export function split(frame: Uint8Array, number: number, size: number): Packet[] {
  const parts = Math.max(1, Math.ceil(frame.length / size))
  return Array.from({ length: parts }, (_, part) =>
    packet('part', { frame: number, part, parts, content: frame.slice(part * size, (part + 1) * size) }),
  )
}

/** The parts of one frame so far. */
export interface Assembly {
  /** The frame once it is whole, undefined before; `broken` when the part is not the next one or too much. */
  add(part: Packet): Uint8Array | 'broken' | undefined
}

export function createAssembly(): Assembly {
  const pieces: Uint8Array[] = []
  let parts = 0
  let total = 0
  return {
    add({ part, parts: of, content }) {
      if (pieces.length === 0) parts = of
      total += content.length
      // An empty piece would let a sender claim 65,535 parts and never grow.
      const empty = content.length === 0 && of > 1
      if (part !== pieces.length || of !== parts || empty || total > limits.frameBytes.value) return 'broken'
      pieces.push(content.slice())
      if (pieces.length < parts) return undefined
      const frame = new Uint8Array(total)
      let offset = 0
      for (const piece of pieces) {
        frame.set(piece, offset)
        offset += piece.length
      }
      return frame
    },
  }
}
