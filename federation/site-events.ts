/**
 * The events of a site's own journal: what this site has learnt, refused and said.
 *
 * The coordinator's journal is the federation's truth; this one is the site's. It is kept beside the
 * private data, it is written before anything leaves, and it is what the site believes after a crash,
 * whatever the coordinator says. It holds hashes and counts, never a row of data.
 */
import { z } from 'zod'
import { CollegiumError } from '#proto/errors.ts'
import { checkMechanism, type Mechanism } from '#privacy/accounting/mechanism.ts'
import { hex32Schema, siteIdSchema } from './ids.ts'
import { units } from './units.ts'
import { keyRotationShape } from './key-rotation.ts'

const at = z.number().int().min(0) // milliseconds since the Unix epoch
const count = z.number().int().min(0)
/** A run's name as manifests may spell it. */
const runSchema = siteIdSchema

const isMechanism = (value: unknown): boolean => {
  try {
    checkMechanism(value as Mechanism)
    return true
  } catch {
    return false
  }
}
/** Noise, and for how many items it was drawn. */
const mechanismSchema = z.custom<Mechanism>(isMechanism, 'is no mechanism of this version')

/** What a teacher was made to promise each unit: nothing by itself, for the noise is still to come, or all of it. */
const protectionSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('pate'), unit: z.enum(units), members: count }),
  z.strictObject({
    mode: z.literal('dpsgd'),
    unit: z.enum(units),
    epsilon: z.number().positive(),
    delta: z.number().positive(),
    /** The steps that trained it. */
    training: mechanismSchema,
  }),
])
export type Protection = z.infer<typeof protectionSchema>

const event = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), at, ...shape })

export const siteEventSchema = z.discriminatedUnion('type', [
  event('joined', {
    federation: hex32Schema,
    coordinatorKey: hex32Schema,
    site: siteIdSchema,
    publicKey: hex32Schema,
  }),
  /** The coordinator has accepted another key for this site. */
  event('key-rotated', keyRotationShape),
  /** The coordinator has another key, which the one that this site knew vouches for. */
  event('coordinator-key-rotated', keyRotationShape),
  /** Where a question said that the coordinator's journal stood, and which keys it says were revoked since. */
  event('head-witnessed', {
    question: hex32Schema,
    sequence: count,
    hash: hex32Schema,
    /** Key ids. */
    revoked: z.array(hex32Schema),
  }),
  event('teacher-ready', {
    /** Blob: the trained network, or the model file as given. */
    networkHash: hex32Schema,
    /** Of everything the teacher was made from: data, schema, settings. Equal keys mean the same teacher. */
    key: hex32Schema,
    dataHash: hex32Schema,
    schemaHash: hex32Schema,
    classes: count,
    /** Rows the teacher was trained on, and rows kept apart for measuring students. */
    rows: count,
    validationRows: count,
    /** What the teacher can promise each unit of its data; absent where it can promise nothing. */
    protection: protectionSchema.optional(),
  }),
  event('question-declined', {
    question: hex32Schema,
    code: z.string().max(60),
    reason: z.string().max(500),
  }),
  /**
   * This site takes part in a masked question. Its secrets are in memory alone: after a restart it can only
   * drop out, for a second set of secrets could unmask its answer.
   */
  event('question-entered', { question: hex32Schema, run: runSchema, purpose: z.string() }),
  /**
   * The campaign of a run: all that its questions of one purpose will cost. Appended with the first answer that
   * is charged to it; what is not used of it stays reserved.
   */
  event('budget-reserved', {
    run: runSchema,
    purpose: z.string(),
    dataset: hex32Schema,
    unit: z.enum(units),
    mechanism: mechanismSchema,
  }),
  /**
   * What the training of a private teacher has cost the people in its data: all of it, once. Appended with the first
   * answer of that teacher to leave; the others add nothing to it (post-processing).
   */
  event('training-charged', {
    /** The teacher as trained: training anew makes another, and costs anew. */
    networkHash: hex32Schema,
    /** Its key, as answers name it. */
    teacher: hex32Schema,
    dataset: hex32Schema,
    unit: z.enum(units),
    mechanism: mechanismSchema,
  }),
  event('answer-sealed', {
    question: hex32Schema,
    run: runSchema,
    /** "teach" or "evaluate". */
    purpose: z.string(),
    /** Blob: the share's bytes exactly as they leave. */
    shareHash: hex32Schema,
    shareKind: z.string(),
    /** What was asked about: transfer items, or rows of our own when measuring a student. */
    items: count,
    /** Blob that was asked about: the transfer set, or the first student. */
    subjectHash: hex32Schema,
    /** The other students that were measured in the same answer. */
    furtherSubjects: z.array(hex32Schema).exactOptional(),
    /** The first of the transfer items; 0 when measuring a student. */
    firstRow: count,
    /** Which rows from there on were items, where they were no slice (proto/items.ts). */
    bitmap: z.base64().exactOptional(),
    /** The key of the teacher that answered, and the hash of its data. */
    teacher: hex32Schema,
    dataset: hex32Schema,
    /** How the answer is protected, as the manifest says. */
    mode: z.string(),
    /** Of a masked answer: to the share beneath the masks, and the blob that opens it. */
    commitment: hex32Schema.optional(),
    openingHash: hex32Schema.optional(),
    /** What the answer costs; absent where no noise protects it. */
    charge: mechanismSchema.optional(),
  }),
  /** The coordinator has the answer on its disk. */
  event('answer-acknowledged', { question: hex32Schema }),
  /** The shares that unmask a sum are about to leave; they leave once. */
  event('unmask-shared', { question: hex32Schema }),
  /** The coordinator will never take the answer: it came late, or the run is over. */
  event('answer-voided', { question: hex32Schema, code: z.string().max(60), reason: z.string().max(500) }),
  event('student-received', {
    run: runSchema,
    onnxHash: hex32Schema,
    cardHash: hex32Schema,
  }),
])

export type SiteEvent = z.infer<typeof siteEventSchema>
export type SiteEventOf<T extends SiteEvent['type']> = Extract<SiteEvent, { type: T }>
/** An event before it is stamped with the time it is appended. */
export type SiteFact = SiteEvent extends infer E ? (E extends SiteEvent ? Omit<E, 'at'> : never) : never

/** Throws for what could not be read back: it must not reach the journal. */
export function encodeSiteEvent(value: SiteEvent): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(siteEventSchema.parse(value)))
}

/** Rejects with `JOURNAL_CORRUPT`, naming the sequence. */
export function decodeSiteEvent(bytes: Uint8Array, sequence: number): SiteEvent {
  try {
    return siteEventSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined
    const why = issue ? `${issue.path.join('.')} ${issue.message}` : 'it is not JSON'
    throw new CollegiumError(
      'JOURNAL_CORRUPT',
      `Record ${sequence} of the site's journal is not ours: ${why}.`,
      {
        cause,
      },
    )
  }
}
