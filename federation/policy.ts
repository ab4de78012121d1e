/**
 * What a site allows. The policy is the site's own; the coordinator cannot change it, see it or go around it.
 *
 * `checkQuestion` is the one gate in front of a teacher: it is pure, it looks at the signed manifest and at
 * what this site has already said, and whatever it does not recognise it refuses.
 */
import { z } from 'zod'
import { shareKinds, type ShareKindName } from '#distill/shares.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { budgetSchema, isObjection, priceOf } from './ledger.ts'
import { groupsProblem } from './grouping.ts'
import { invalid, refused, type Objection } from './objection.ts'
import { privacyModes, privacyNotes } from './privacy-plan.ts'
import { usualPricing, type Pricing } from './pricing.ts'
import { doubtPromise } from './promise.ts'
import { repeated } from './repeats.ts'
import { partsOf } from './share.ts'
import { topProblem } from './top-values.ts'
import { unitsPerSite, wordBitsOf } from './word-width.ts'
import { sealedAnswers, type SiteState } from './site-state.ts'
import { WIDEST_WORD } from '#privacy/packing.ts'
import { activeThreshold, sumSizes } from './thresholds.ts'
import { contradiction, revokedInRoster } from './witness.ts'

const count = z.number().int().positive()
const DAY_MS = 24 * 3600 * 1000

const purposes = ['teach', 'evaluate'] as const
const shareKindNames = Object.keys(shareKinds) as [ShareKindName, ...ShareKindName[]]

export const policySchema = z.strictObject({
  /** Fewest sites in a question's roster: an answer hides among them. */
  minimumSites: count.default(3),
  /** Fewest answers the coordinator may sum. */
  minimumThreshold: count.default(2),
  shares: z.array(z.enum(shareKindNames)).default([...shareKindNames]),
  purposes: z.array(z.enum(purposes)).default([...purposes]),
  /** "plain", which is not among the defaults: answers are not masked, and the coordinator could read each one. */
  privacyModes: z.array(z.enum(privacyModes)).default(['masked', 'dpsgd', 'pate']),
  /** Most that all answers of one run with differential privacy may cost each unit. */
  maximumEpsilonPerRun: z.number().positive().max(100).default(3),
  /** Most epochs that the teacher may learn, for one question, from what the sites have said together. */
  maximumDigestEpochs: z.number().int().min(0).default(50),
  maximumQuestionsPerRun: count.default(200),
  /** In any 24 hours. */
  maximumQuestionsPerDay: count.default(1000),
  /** What all answers under noise may cost together; without it there are none. */
  budget: budgetSchema.optional(),
  /** "manual": a question waits until somebody at the site has approved it. */
  approval: z.enum(['auto', 'manual']).default('auto'),
})

export type SitePolicy = z.infer<typeof policySchema>

/** The line a site prints when it starts and writes in its reports. */
export function privacyNotice({ privacyModes }: SitePolicy): string {
  const [first] = privacyModes
  if (first === undefined) return 'this site answers no question: its policy allows no privacy mode'
  const loudly = privacyModes.includes('plain')
    ? '; "plain" is allowed: the coordinator could then read each answer'
    : ''
  return `${privacyNotes[privacyModes.includes('masked') ? 'masked' : first]}${loudly}`
}

/**
 * The first objection to a question, or undefined when it may be answered. First the manifest must make
 * sense and be meant for us (`MANIFEST_INVALID`, `QUESTION_CLOSED`, ...), then the policy must allow it
 * (`POLICY_REFUSED`), it must ask something new (`QUERY_REPEATED`), and the ledger must afford it
 * (`LEDGER_EXHAUSTED`). `now` in milliseconds since the Unix epoch.
 */
export function checkQuestion(
  policy: SitePolicy,
  state: SiteState,
  manifest: QuestionManifest,
  now: number,
  pricing: Pricing = usualPricing,
): Objection | undefined {
  return (
    misaddressed(state, manifest, now) ??
    malformed(state, manifest) ??
    contradiction(state, manifest) ??
    revokedInRoster(state, manifest) ??
    forbidden(policy, state, manifest, now) ??
    doubtPromise(policy.maximumEpsilonPerRun, state, manifest) ??
    repeated(state, manifest) ??
    unaffordable(policy, state, manifest, pricing)
  )
}

function misaddressed({ joined }: SiteState, manifest: QuestionManifest, now: number): Objection | undefined {
  if (!joined) return { code: 'QUESTION_NOT_FOR_SITE', reason: 'This site has not joined a federation.' }
  if (manifest.federation !== joined.federation)
    return { code: 'FEDERATION_MISMATCH', reason: 'The question belongs to another federation.' }
  const own = manifest.roster.find(({ site }) => site === joined.site)
  if (!own)
    return { code: 'QUESTION_NOT_FOR_SITE', reason: `"${joined.site}" is not in the question's roster.` }
  if (own.publicKey !== joined.publicKey)
    return invalid(`The roster gives "${joined.site}" a key that is not its own.`)
  if (now >= manifest.expiresAtMs) {
    const expired = new Date(manifest.expiresAtMs).toISOString()
    return {
      code: 'QUESTION_CLOSED',
      reason: `The question expired at ${expired}, before it reached this site.`,
    }
  }
  return undefined
}

function malformed({ teacher }: SiteState, manifest: QuestionManifest): Objection | undefined {
  const { share, roster, purpose, transfer, studentHashes, privacy, groups } = manifest
  if (!teacher) return invalid('This site has no teacher yet.')
  if (manifest.schemaHash !== teacher.schemaHash)
    return invalid("The question's feature schema is not the one this site's teacher was made with.")
  if (share.outputs !== teacher.classes)
    return invalid(`The question has ${share.outputs} outputs; the schema has ${teacher.classes}.`)
  const [asked, heads] = [share.kind.split(';').length, Math.max(1, share.heads.length)]
  if (asked !== heads)
    return invalid(`The question asks for shares of ${asked} targets and names the outputs of ${heads}.`)
  const parts = partsOf(share)
  if (parts.length === 0) return invalid(`The share kind "${share.kind}" is unknown here.`)
  const ofHeads = share.heads.reduce((sum, outputs) => sum + outputs, 0)
  if (share.heads.length > 0 && ofHeads !== share.outputs)
    return invalid(`The question's heads have ${ofHeads} outputs together, not ${share.outputs}.`)
  if (parts.some(({ kind }) => kind.purpose !== purpose))
    return invalid(`A question to ${purpose} cannot ask for ${share.kind}.`)
  if ((purpose === 'teach') !== (transfer !== undefined))
    return invalid(`A question to ${purpose} names ${transfer ? 'items' : 'no items'}.`)
  const rows = transfer?.rowCount ?? studentHashes.length
  if (share.rows !== rows)
    return invalid(`The share has ${share.rows} rows for ${rows} ${transfer ? 'items' : 'students'}.`)
  const wider = parts.find(({ kind }) => rows < (kind.fewestRows ?? 1))
  if (wider)
    return invalid(`A share of ${wider.name} is about ${wider.kind.fewestRows} items at least, not ${rows}.`)
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (share.length !== length)
    return invalid(`A ${share.kind} share of ${rows} rows has ${length} words, not ${share.length}.`)
  if (parts.some(({ kind, clip }) => kind.encoding === 'bounded' && clip === 0))
    return invalid(`A ${share.kind} share needs a bound.`)
  const unfit = groups && groupsProblem({ roster, groups, mode: privacy.mode, shareKind: share.kind })
  if (unfit !== undefined) return invalid(unfit)
  const crowded = share.top === undefined ? undefined : topProblem(privacy.mode, parts)
  if (crowded !== undefined) return invalid(crowded)
  if (privacy.noise && share.wordBits !== undefined)
    return invalid(`Noise takes words of ${WIDEST_WORD} bits, not ${share.wordBits}.`)
  if (rowsThatFit(manifest, 1) < 1)
    return invalid(
      `The sum of ${roster.length} answers at scale ${share.scale} could wrap around ${wordBitsOf(share)} bits.`,
    )
  return undefined
}

/**
 * How many of `rows` rows may go into this site's share without a sum over the whole roster wrapping around. Only counts grow with the rows they count; for the other kinds it is all or none.
 */
export function rowsThatFit({ roster, share }: QuestionManifest, rows: number): number {
  const fitting = partsOf(share).map((part) => {
    const { kind, clip } = part
    const room = unitsPerSite(part, wordBitsOf(share), roster.length)
    if (Math.ceil(kind.largest({ rows, clip }) * share.scale) < room) return rows
    return kind.encoding === 'counts'
      ? Math.ceil(room / share.scale / kind.largest({ rows: 1, clip })) - 1
      : 0
  })
  return Math.min(...fitting)
}

function forbidden(
  policy: SitePolicy,
  state: SiteState,
  manifest: QuestionManifest,
  now: number,
): Objection | undefined {
  const { roster, threshold, share, purpose, privacy, run, groups, digest } = manifest
  const least = sumSizes({ sites: roster.length, threshold, groups })
  const among = groups ? 'group' : 'roster'
  if (purpose === 'evaluate' && state.teacher?.validationRows === 0)
    return refused('keeps no rows to measure students on')
  if (!(policy.privacyModes as readonly string[]).includes(privacy.mode))
    return refused(`does not allow the privacy mode "${privacy.mode}"`)
  if (!(policy.purposes as readonly string[]).includes(purpose))
    return refused(`does not allow questions to ${purpose}`)
  const forbiddenKind = partsOf(share).find(({ name }) => !policy.shares.includes(name))
  if (forbiddenKind) return refused(`does not allow ${forbiddenKind.name}`)
  if (least.fewest < policy.minimumSites)
    return refused(`wants at least ${policy.minimumSites} sites in a ${among}; this one has ${least.fewest}`)
  if (least.threshold < policy.minimumThreshold)
    return refused(
      `wants at least ${policy.minimumThreshold} answers in a sum; this question takes ${least.threshold}`,
    )
  const { maximumDigestEpochs } = policy
  if (digest && digest.epochs > maximumDigestEpochs)
    return refused(
      `lets the teacher learn ${maximumDigestEpochs} epochs from what others said; this question wants ${digest.epochs}`,
    )
  const fewest = activeThreshold(roster.length)
  if (privacy.mode !== 'plain' && threshold < fewest)
    return refused(
      `wants a masked sum of ${roster.length} sites to need ${fewest} of them; this one takes ${threshold}`,
    )
  const answers = sealedAnswers(state)
  const ofRun = answers.filter((answer) => answer.run === run).length
  if (ofRun >= policy.maximumQuestionsPerRun)
    return refused(`allows ${policy.maximumQuestionsPerRun} questions a run; ${run} has had them`)
  const ofDay = answers.filter(({ sealedAt }) => sealedAt > now - DAY_MS).length
  if (ofDay >= policy.maximumQuestionsPerDay)
    return refused(`allows ${policy.maximumQuestionsPerDay} questions a day; it has answered them`)
  return undefined
}

function unaffordable(
  { budget }: SitePolicy,
  state: SiteState,
  manifest: QuestionManifest,
  pricing: Pricing,
): Objection | undefined {
  const price = priceOf(budget, state, manifest, pricing)
  return isObjection(price) ? price : undefined
}
