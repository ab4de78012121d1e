/**
 * Exchanging a key for a new one. The old key signs that the new one is its successor, and the new one signs the
 * same words: it is there, and whoever asks holds it. The coordinator's journal keeps both signatures, so that an
 * auditor can follow a site, and the coordinator itself, from key to key with nothing but the journal; and a
 * site follows the coordinator from the key that it has pinned.
 */
import { z } from 'zod'
import { concatBytes, hexToBytes } from '#privacy/crypto.ts'
import { keyIdOf, requireSignature, type Identity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
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

/**
 * The rotations that lead from the key with this id to the present one, in order; none where it is the present
 * one, or never was one. Throws `SIGNATURE_INVALID` for a chain that does not hold.
 */
export function successionFrom(
  keyId: string,
  rotations: readonly KeyRotation[],
  federation: string,
): readonly KeyRotation[] {
  const first = rotations.findIndex(({ oldKey }) => keyIdOf(oldKey) === keyId)
  const succession = first < 0 ? [] : rotations.slice(first)
  succession.forEach((rotation, at) => {
    if (at > 0 && succession[at - 1]?.publicKey !== rotation.oldKey)
      throw new CollegiumError('SIGNATURE_INVALID', 'A key is followed by one that it did not vouch for.')
    requireRotation(rotation, federation)
  })
  return succession
}

/** A rotation as messages carry it. */
export interface SentRotation extends Pick<KeyRotation, 'oldKey' | 'publicKey'> {
  readonly signatureByOld: Uint8Array
  readonly signatureByNew: Uint8Array
}

export const toSend = ({ oldKey, publicKey, signatureByOld, signatureByNew }: KeyRotation): SentRotation => ({
  oldKey,
  publicKey,
  signatureByOld: new Uint8Array(Buffer.from(signatureByOld, 'base64')),
  signatureByNew: new Uint8Array(Buffer.from(signatureByNew, 'base64')),
})

export const asReceived = ({
  oldKey,
  publicKey,
  signatureByOld,
  signatureByNew,
}: SentRotation): KeyRotation => ({
  oldKey,
  publicKey,
  signatureByOld: Buffer.from(signatureByOld).toString('base64'),
  signatureByNew: Buffer.from(signatureByNew).toString('base64'),
})

/** Federation, old key, new key: 96 bytes. */
function statement(federation: string, oldKey: string, newKey: string): Uint8Array {
  return concatBytes([federation, oldKey, newKey].map(hexToBytes))
}
