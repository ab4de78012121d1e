/**
 * The privacy report: what is claimed, what was attacked and how far the attacks got, signed by the site.
 *
 * The signature covers the report's canonical bytes, JSON with sorted keys and no blanks (as RFC 8785 has it for
 * the values that occur here), so that it survives being laid out anew, and nothing else about the file matters.
 */
import { z } from 'zod'
import { hexToBytes, bytesToHex } from '../crypto.ts'
import { PrivacyError } from '../errors.ts'
import { requireSignature, type Identity } from '../identity.ts'
import { privacyClaimSchema } from './claim.ts'

const rate = z.number().min(0).max(1)
const count = z.int().min(0)
const hex32 = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * What was attacked: an answer as one site sends it; the same where it never leaves without noise, for comparison;
 * the noised answers, as somebody sees them who knows all the rest of the sum; the student.
 */
export const artefacts = ['answer', 'answer-before-noise', 'noised-answers', 'student'] as const

export const attackResultSchema = z.strictObject({
  attack: z.enum(['threshold', 'likelihood-ratio']),
  artefact: z.enum(artefacts),
  /** Whose membership was guessed: the site's private rows, or the public ones of a transfer set. */
  rows: z.enum(['private', 'transfer']),
  members: count,
  nonMembers: count,
  auc: rate,
  balancedAccuracy: rate,
  rates: z.array(
    z.strictObject({
      falsePositiveRate: rate,
      truePositiveRate: rate,
      interval: z.strictObject({ low: rate, high: rate }),
      resolved: z.boolean(),
    }),
  ),
  /** The attack proves that epsilon is at least this, at `delta` and with 95 % confidence. */
  epsilonAtLeast: z.number().min(0),
  delta: rate,
})

export const reportSchema = z.strictObject({
  version: z.literal(1),
  federation: hex32,
  site: z.string().min(1).max(64),
  /** ISO 8601, UTC. */
  madeAt: z.iso.datetime(),
  claim: privacyClaimSchema,
  /** The model that was attacked: this site's teacher, by the share values that leave for a sum, or the student. */
  attacked: z.strictObject({
    networkHash: hex32,
    kind: z.string().min(1).max(50),
    share: z.string().min(1).max(50),
    temperature: z.number().positive(),
    shadows: count,
  }),
  attacks: z.array(attackResultSchema),
  /** The one-run audit of the same training with canaries; null for a student or a teacher not trained here. */
  canaries: z
    .strictObject({
      canaries: count,
      guesses: count,
      correct: count,
      epsilonAtLeast: z.number().min(0),
      delta: rate,
    })
    .nullable(),
  /** Nats; null for a student; `summed` is null where there was no sum to compare with. */
  labelLeak: z
    .strictObject({
      alone: z.number().min(0),
      summed: z.number().min(0).nullable(),
      uninformed: z.number().min(0),
    })
    .nullable(),
  limits: z.array(z.string().min(1).max(500)),
})

export type AttackResult = z.infer<typeof attackResultSchema>
export type PrivacyReport = z.infer<typeof reportSchema>

const signedReportSchema = z.strictObject({
  report: reportSchema,
  publicKey: hex32,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})
export type SignedReport = z.infer<typeof signedReportSchema>

const DOMAIN = 'collegium/privacy-report/v1'

export function signReport(identity: Identity, report: PrivacyReport): SignedReport {
  const signature = bytesToHex(identity.sign(DOMAIN, canonicalBytes(reportSchema.parse(report))))
  return { report, publicKey: identity.publicKey, signature }
}

/**
 * Reads a signed report. Throws `REPORT_INVALID` for what is not one, for one whose signature does not fit, and,
 * when `publicKey` is given, for one that another key signed.
 */
export function readSignedReport(json: unknown, publicKey?: string): SignedReport {
  const parsed = signedReportSchema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw invalid(`The privacy report is not one: ${issue?.path.join('.')} ${issue?.message}.`)
  }
  const signed = parsed.data
  if (publicKey !== undefined && signed.publicKey !== publicKey)
    throw invalid('The privacy report was signed by another key.')
  try {
    requireSignature(signed.publicKey, DOMAIN, canonicalBytes(signed.report), hexToBytes(signed.signature))
  } catch (cause) {
    throw invalid('The privacy report was altered after it was signed.', { cause })
  }
  return signed
}

/** UTF-8 JSON without blanks, the keys of each object sorted by their UTF-16 code units. */
export function canonicalBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonical(value))
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}

const invalid = (message: string, options?: ErrorOptions) =>
  new PrivacyError('REPORT_INVALID', message, options)
