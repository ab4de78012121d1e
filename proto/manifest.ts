/**
 * A question's manifest: what is asked, of whom, about which items, encoded how, until when.
 *
 * Its bytes are signed, hashed into the question's id and kept; they are decoded wherever they are needed
 * and never encoded a second time. The checks here are those that need no key and no knowledge of share
 * kinds: `federation/policy.ts` makes the others.
 */
import { bytes, FieldProblem, integer, list, optional, real, record, text, type Domain } from './codec.ts'
import { CollegiumError } from './errors.ts'
import {
  anyCount,
  base64,
  hex32,
  journalHead,
  positive,
  positive32,
  readerOf,
  slug,
  uint32,
} from './fields.ts'
import { collegium } from './gen/collegium.js'
import { itemsProblem } from './items.ts'
import { limits } from './limits.ts'
import { WIRE_VERSION } from './version.ts'

/** What a coordinator's signature over a manifest is for. */
export const QUESTION_DOMAIN = 'collegium/v1/question'

/** Names of share kinds, joined by "+" where a question asks for several at once, and by ";" those of several heads. */
const kinds = text(
  limits.kindsCharacters.value,
  /^[a-z0-9][a-z0-9-]*([+;][a-z0-9][a-z0-9-]*)*$/,
  'names joined by "+" or ";"',
)

const manifest = record({
  version: uint32,
  federation: hex32,
  run: slug,
  round: uint32,
  purpose: slug,
  roster: list(limits.rosterSites.value, record({ site: slug, publicKey: hex32 })),
  threshold: positive32,
  share: record({
    kind: kinds,
    rows: positive,
    outputs: positive32,
    length: integer(1, Math.floor(limits.shareBytes.value / 4)),
    scale: positive32,
    clip: real(0, 1e9),
    temperature: real(0.01, 1000),
    wordBits: optional(integer(1, 31)),
    top: optional(positive32),
    heads: list(limits.heads.value, positive32),
  }),
  transfer: optional(
    record({
      hash: hex32,
      format: slug,
      rows: positive,
      firstRow: anyCount,
      rowCount: positive,
      labelsHash: optional(hex32),
      bitmap: optional(base64(limits.itemsBytes.value)),
    }),
  ),
  studentHashes: list(limits.measuredStudents.value, hex32),
  schemaHash: hex32,
  privacy: record({
    mode: slug,
    campaign: positive32,
    promise: optional(record({ epsilon: real(0, 1000), delta: real(0, 1), unit: slug })),
    noise: optional(record({ stdDev: real(0, 1e9), members: positive32, colluders: uint32 })),
  }),
  openedAtMs: positive,
  expiresAtMs: positive,
  nonce: anyCount,
  revoked: list(limits.revokedKeys.value, hex32),
  journalHead: optional(journalHead),
  groups: optional(record({ smallest: positive32 })),
  digest: optional(record({ hash: hex32, epochs: positive32 })),
})

export type QuestionManifest = Domain<typeof manifest>

/** Throws `MANIFEST_INVALID`, naming the field, for a manifest that no site would accept. */
export function encodeManifest(value: QuestionManifest): Uint8Array {
  return valid(() => {
    checkSense(value)
    return sized(collegium.v1.QuestionManifest.encode(manifest.toWire(value, 'manifest') as object).finish())
  })
}

/** Throws `MANIFEST_INVALID` naming the field, or `VERSION_UNSUPPORTED`. */
export function decodeManifest(encoded: Uint8Array): QuestionManifest {
  return valid(() => {
    const wire = collegium.v1.QuestionManifest.decode(readerOf(sized(encoded)))
    if (wire.version !== WIRE_VERSION)
      throw new CollegiumError(
        'VERSION_UNSUPPORTED',
        `The question is of wire version ${wire.version}; this end speaks ${WIRE_VERSION}.`,
      )
    const value = manifest.fromWire(wire, 'manifest')
    checkSense(value)
    return value
  })
}

function checkSense({
  roster,
  threshold,
  transfer,
  studentHashes,
  digest,
  openedAtMs,
  expiresAtMs,
}: QuestionManifest): void {
  const demand = (holds: boolean, phrase: string) => {
    if (!holds) throw new FieldProblem(phrase)
  }
  const sites = roster.map(({ site }) => site)
  demand(new Set(sites).size === sites.length, 'the roster names a site twice')
  demand(
    new Set(roster.map(({ publicKey }) => publicKey)).size === sites.length,
    'two sites of the roster share a key',
  )
  demand(
    sites.every((site, i) => i === 0 || (sites[i - 1] ?? '') < site),
    'the roster is not sorted',
  )
  demand(
    threshold <= roster.length,
    `the threshold ${threshold} is above the ${roster.length} sites of the roster`,
  )
  demand(expiresAtMs > openedAtMs, 'it expires before it opens')
  demand(
    (transfer === undefined) === studentHashes.length > 0,
    'it must ask about transfer rows or about students, one of the two',
  )
  demand(new Set(studentHashes).size === studentHashes.length, 'it names a student twice')
  demand(!digest || transfer !== undefined, 'teachers take nothing in to measure students')
  const wrongItems = transfer && itemsProblem(transfer, transfer.rows)
  if (wrongItems !== undefined) throw new FieldProblem(wrongItems)
}

const manifestBytes = bytes(1, limits.manifestBytes.value)
const sized = (encoded: Uint8Array): Uint8Array => manifestBytes.fromWire(encoded, 'manifest')

function valid<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof CollegiumError) throw cause
    const why = cause instanceof FieldProblem ? cause.message : 'its bytes are not a manifest'
    throw new CollegiumError('MANIFEST_INVALID', `The question cannot be accepted: ${why}.`, { cause })
  }
}
