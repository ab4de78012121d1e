/**
 * The journal's events: what has happened in a federation, in the words of DESIGN.
 *
 * An event is a fact. It is decided by a pure function, appended and flushed, and only then folded into
 * the state and acknowledged; nothing that happened is ever known to anyone and not in the journal. Bulky
 * things (answers, sums, networks) are blobs, and the event holds their hash. Events are JSON so that an
 * auditor can read an export with any tool; they hold no row of private data.
 */
import { z } from 'zod'
import { evidence } from '#distill/evidence.ts'
import { ruleNames } from '#distill/rules.ts'
import { scoreSchema } from '#distill/trials.ts'
import { settingsSchema } from '#distill/tuning.ts'
import { CollegiumError } from '#proto/errors.ts'
import { hex32Schema, runIdSchema, siteIdSchema } from './ids.ts'
import { keyRotationShape } from './key-rotation.ts'
import { runPlanSchema } from './plan.ts'
import { purposeSchema } from './purpose.ts'

const at = z.number().int().min(0) // milliseconds since the Unix epoch
const count = z.number().int().min(0)

const event = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), at, ...shape })

/** Rows of the transfer set (proto/items.ts). */
const itemsSchema = z.strictObject({
  firstRow: count,
  rowCount: count,
  bitmap: z.base64().exactOptional(),
})
const stepSchema = z.enum(['commits', 'reveals', 'keys', 'shares', 'signatures', 'unmasking'])
/** A stage of a masked question in which sites say something other than their answer. */
export type Step = z.infer<typeof stepSchema>

export const releaseFileSchema = z.strictObject({ name: z.string(), hash: hex32Schema, bytes: count })

export const eventSchema = z.discriminatedUnion('type', [
  event('federation-founded', {
    federation: hex32Schema,
    name: z.string().min(1).max(100),
    coordinatorKey: hex32Schema,
    /** None where a number is predicted. */
    classes: z.array(z.string()),
    schemaHash: hex32Schema,
  }),
  event('site-invited', {
    site: siteIdSchema,
    tokenHash: hex32Schema,
    expiresAt: at,
    /** The operator vouches for whoever holds the token: enrolment needs no second approval. */
    approve: z.boolean(),
  }),
  event('site-enrolled', { site: siteIdSchema, publicKey: hex32Schema, tokenHash: hex32Schema }),
  event('site-approved', { site: siteIdSchema }),
  event('site-revoked', { site: siteIdSchema }),
  event('site-key-rotated', { site: siteIdSchema, ...keyRotationShape }),
  /** The coordinator signs with another key from here on. */
  event('coordinator-key-rotated', keyRotationShape),
  /** The coordinator's signature over the record before this one, and so over all of them. */
  event('checkpoint', { sequence: count, hash: hex32Schema, signature: z.base64() }),
  event('run-started', { run: runIdSchema, plan: runPlanSchema }),
  event('question-opened', {
    run: runIdSchema,
    question: hex32Schema,
    round: count,
    purpose: purposeSchema,
    /** The manifest exactly as signed and sent, base64. */
    manifest: z.base64(),
    signature: z.base64(),
    expiresAt: at,
  }),
  event('answer-accepted', {
    question: hex32Schema,
    site: siteIdSchema,
    /** The share's bytes. */
    shareHash: hex32Schema,
    /** The signed envelope as received: what the site cannot deny having sent. */
    envelopeHash: hex32Schema,
    bytes: count,
    /** Of a masked answer: what the site says is beneath the masks, sealed until a dispute (opening.ts). */
    commitment: hex32Schema.optional(),
    /** Where the site's own journal ended: a site that is behind this has been set back. */
    journal: z.strictObject({ sequence: count, hash: hex32Schema }),
  }),
  /** Anything but an answer that a site says to a masked question; the envelope holds it. */
  event('step-accepted', {
    question: hex32Schema,
    site: siteIdSchema,
    stage: stepSchema,
    contentHash: hex32Schema,
    /** Of the stages that deal groups: the commitment, then the random bytes; whoever reads them can deal again. */
    value: hex32Schema.optional(),
    envelopeHash: hex32Schema,
    bytes: count,
  }),
  event('stage-closed', {
    question: hex32Schema,
    stage: stepSchema,
    /** Who goes on to the next stage; nobody, when they are too few. */
    members: z.array(siteIdSchema),
  }),
  event('question-refused', {
    question: hex32Schema,
    site: siteIdSchema,
    code: z.string().max(60),
    reason: z.string().max(500),
  }),
  event('question-closed', {
    question: hex32Schema,
    survivors: z.array(siteIdSchema),
    dropped: z.array(siteIdSchema),
  }),
  event('sum-revealed', { question: hex32Schema, sumHash: hex32Schema, sites: count }),
  /** The run takes the sum of an earlier question, of another run, and asks nobody. */
  event('sum-reused', {
    run: runIdSchema,
    round: count,
    purpose: purposeSchema,
    question: hex32Schema,
  }),
  /** Of a run whose rule the sites are to choose: what one candidate taught, for them to measure. */
  event('candidate-trained', {
    run: runIdSchema,
    round: count,
    rule: z.enum(ruleNames),
    networkHash: hex32Schema,
    seconds: z.number().min(0),
  }),
  /** Of a run whose plan leaves the rule to evidence: how each candidate taught, and which one the round takes. */
  event('rule-selected', {
    run: runIdSchema,
    round: count,
    rule: z.enum(ruleNames),
    /** Who said so: public labels, or the sites by rows of their own, and then for all rounds. Absent: labels. */
    by: z.enum(evidence).exactOptional(),
    /** Labelled items, or rows of the sites, that the students were measured on. */
    items: count,
    scores: z.array(
      z.strictObject({
        rule: z.enum(ruleNames),
        accuracy: z.number().min(0).max(1),
        nll: z.number().min(0),
        /** With a temperature that makes the student as sure as it is right. */
        calibratedNll: z.number().min(0).exactOptional(),
      }),
    ),
    seconds: z.number().min(0),
  }),
  /** Of a run whose plan searches for settings: how students that these taught did on public labels. */
  event('trial-scored', {
    run: runIdSchema,
    /** From 0; the plan's own settings come first. */
    trial: count,
    settings: settingsSchema,
    /** Labelled items that the students were measured on. */
    items: count,
    /** Absent where nothing could be taught so. */
    score: scoreSchema.exactOptional(),
    seconds: z.number().min(0),
  }),
  event('student-trained', {
    run: runIdSchema,
    round: count,
    networkHash: hex32Schema,
    /** Blob: the learning curve so far, JSON. */
    curveHash: hex32Schema,
    seconds: z.number().min(0),
    /** Of the students that the last round makes in a row, which one this is, from 0. */
    generation: count.exactOptional(),
    /** Its accuracy on public labels that taught nobody, where there is another to compare it with. */
    score: z.number().min(0).max(1).exactOptional(),
    /** Blob: what teachers take in before the next round (distill/digest-file.ts). */
    digestHash: hex32Schema.exactOptional(),
    /** What the next round asks about, where the run asks about some items only. */
    chosen: itemsSchema.optional(),
  }),
  event('student-evaluated', { run: runIdSchema, reportHash: hex32Schema, seconds: z.number().min(0) }),
  event('student-released', { run: runIdSchema, files: z.array(releaseFileSchema) }),
  event('run-failed', { run: runIdSchema, code: z.string(), reason: z.string().max(1000) }),
])

export type FederationEvent = z.infer<typeof eventSchema>
export type EventOf<T extends FederationEvent['type']> = Extract<FederationEvent, { type: T }>
/** An event before it is stamped with the time it is appended. */
export type Fact = FederationEvent extends infer E
  ? E extends FederationEvent
    ? Omit<E, 'at'>
    : never
  : never

/** Throws for what could not be read back: it must not reach the journal. */
export function encodeEvent(value: FederationEvent): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(eventSchema.parse(value)))
}

/** Rejects with `JOURNAL_CORRUPT`, naming the sequence: a record that hashes right but does not parse is not ours. */
export function decodeEvent(bytes: Uint8Array, sequence: number): FederationEvent {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new CollegiumError('JOURNAL_CORRUPT', `Journal record ${sequence} is not JSON.`, { cause })
  }
  const parsed = eventSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new CollegiumError(
    'JOURNAL_CORRUPT',
    `Journal record ${sequence} is not an event of this version: ${issue?.path.join('.')} ${issue?.message}.`,
  )
}
