/**
 * Exchanging a site's key for a new one. The old key signs that the new one is its successor, and the new one
 * signs the same words: it is there, and whoever asks holds it. The coordinator's journal keeps both
 * signatures, so that an auditor can follow a site from key to key with nothing but the journal.
 */
import { z } from 'zod'
import { concatBytes, hexToBytes } from '#privacy/crypto.ts'
import { requireSignature, type Identity } from '#privacy/identity.ts'
import { hex32Schema } from './ids.ts'

/** What the two signatures of a rotation are for. */
export const ROTATION_DOMAIN = 'collegium/v1/key-rotation'

/** The part of an event that says so; signatures in base64. */
export const keyRotationShape = {
  oldKey: hex32Schema,
  publicKey: hex32Schema,
  signatureByOld: z.base64(),
  signatureByNew: z.base64(),
}
export type KeyRotation = z.infer<z.ZodObject<typeof keyRotationShape>>

export function rotateKey(old: Identity, next: Identity, federation: string): KeyRotation {
  const words = statement(federation, old.publicKey, next.publicKey)
  const signed = (by: Identity) => Buffer.from(by.sign(ROTATION_DOMAIN, words)).toString('base64')
  const [signatureByOld, signatureByNew] = [signed(old), signed(next)]
  return { oldKey: old.publicKey, publicKey: next.publicKey, signatureByOld, signatureByNew }
}

/** Throws `SIGNATURE_INVALID` unless both keys signed that the one follows the other, in this federation. */
export function requireRotation(rotation: KeyRotation, federation: string): void {
  const { oldKey, publicKey, signatureByOld, signatureByNew } = rotation
  const words = statement(federation, oldKey, publicKey)
  requireSignature(oldKey, ROTATION_DOMAIN, words, Buffer.from(signatureByOld, 'base64'))
  requireSignature(publicKey, ROTATION_DOMAIN, words, Buffer.from(signatureByNew, 'base64'))
}

/** Federation, old key, new key: 96 bytes. */
function statement(federation: string, oldKey: string, newKey: string): Uint8Array {
  return concatBytes([federation, oldKey, newKey].map(hexToBytes))
}
