/** The names things go by inside a federation, with the shapes that are checked where they enter. */
import { z } from 'zod'

/** A BLAKE2b-256 hash, or an Ed25519 public key, as 64 lowercase hex digits. */
export const hex32Schema = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lowercase hex digits')

/** A site's name in its federation: a slug, chosen by the operator when inviting. */
export const siteIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1-40 of a-z, 0-9 and "-", starting with a letter or digit')
  // Sites are looked up by name, and this is the one such name that every object knows already.
  .refine((name) => name !== 'constructor', 'must be another name: this one is taken')

/** A run's name: "run-" and its number in the federation, from 1. */
export const runIdSchema = z.string().regex(/^run-[1-9][0-9]{0,8}$/)

export type SiteId = string
export type RunId = string
/** Hex BLAKE2b-256 of the question's manifest. */
export type QuestionId = string
/** Hex BLAKE2b-256 of a blob's bytes. */
export type BlobHash = string
