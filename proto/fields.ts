/** Fields that several messages share. */
import protobuf from 'protobufjs/minimal.js'
import { bytes, integer, record, text, type Field } from './codec.ts'
import { limits } from './limits.ts'

const bytes32 = bytes(32, 32)

/** 32 bytes as 64 lowercase hex digits: hashes, public keys, ids. */
export const hex32: Field<string> = {
  toWire(value, path) {
    const digits = hexDigits.toWire(value, path) as string
    return new Uint8Array(Buffer.from(digits, 'hex'))
  },
  fromWire: (wire, path) => Buffer.from(bytes32.fromWire(wire, path)).toString('hex'),
}
const hexDigits = text(64, /^[0-9a-f]{64}$/, '64 lowercase hex digits')

/** At most `max` bytes, inside as base64. */
export function base64(max: number): Field<string> {
  const some = bytes(1, max)
  return {
    toWire: (value, path) => some.toWire(new Uint8Array(Buffer.from(value, 'base64')), path),
    fromWire: (wire, path) => Buffer.from(some.fromWire(wire, path)).toString('base64'),
  }
}

/** An Ed25519 signature. */
export const signature = bytes(64, 64)

/** Names of sites, runs, kinds: they appear in files, addresses and tables, so they are plain. */
export const slug = text(limits.nameCharacters.value, /^[a-z0-9][a-z0-9-]*$/, 'made of a-z, 0-9 and "-"')

/** A code of the error table, of this version or another. */
export const errorCode = text(limits.codeCharacters.value, /^[A-Z][A-Z0-9_]*$/, 'a code in SCREAMING_SNAKE')

export const anyCount = integer(0, Number.MAX_SAFE_INTEGER)
export const positive = integer(1, Number.MAX_SAFE_INTEGER)
export const uint32 = integer(0, 2 ** 32 - 1)
export const positive32 = integer(1, 2 ** 32 - 1)

/** Where a journal ends. */
export const journalHead = record({ sequence: positive, hash: hex32 })

/** Reads with the fields it does not know kept, so that a record can refuse them. */
export function readerOf(source: Uint8Array): protobuf.Reader {
  const reader = protobuf.Reader.create(source)
  reader.discardUnknown = false
  return reader
}
