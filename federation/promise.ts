/**
 * Whether a site may believe what a question promises the people in its data.
 *
 * A coordinator may claim any epsilon. So the site takes from the manifest only the numbers that decide what it
 * itself will do (how many sub-teachers, how much noise, how many items, in a sum of how many answers), and works
 * out with its own accountant what the whole run can cost. The noise of a run may not change on the way, so what it
 * has had and what it may still ask are releases of one mechanism, `campaign` of them at most.
 */
import { epsilonOf } from '#privacy/accounting/epsilon.ts'
import { sameNoise } from '#privacy/accounting/mechanism.ts'
import { PrivacyError } from '#privacy/errors.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { costOf } from './noise.ts'
import { invalid, refused, type Objection } from './objection.ts'
import { partsOf } from './share.ts'
import { sealedAnswers, type SiteState } from './site-state.ts'
import { assumedColluders, sumSizes } from './thresholds.ts'

/** A claim is told in decimals. */
const ROUNDING = 1e-6

/** The first objection, or undefined. `maximumEpsilon` bounds a whole run. */
export function doubtPromise(
  maximumEpsilon: number,
  state: SiteState,
  manifest: QuestionManifest,
): Objection | undefined {
  const { mode, promise, noise } = manifest.privacy
  const promises = mode === 'pate' || mode === 'dpsgd'
  if (promises !== (promise !== undefined) || (mode === 'pate') !== (noise !== undefined))
    return invalid(`Its promise and noise do not fit the privacy mode "${mode}".`)
  if (!promise || !state.teacher) return undefined
  if (manifest.purpose !== 'teach')
    return invalid(
      'Counts of private rows carry no noise, so they belong in no run with differential privacy.',
    )

  const reading = partsOf(manifest.share).find(({ kind }) => kind.readsRows)
  if (reading)
    return invalid(
      `A share of ${reading.name} reads private rows beside the teacher, which no promise covers.`,
    )

  const { protection, rows } = state.teacher
  if (protection?.mode !== mode)
    return refused(`cannot keep the promise of "${mode}": this site's teacher is not of that kind`)
  if (protection.unit !== promise.unit)
    return refused(`protects each ${protection.unit}; the question promises it for each ${promise.unit}`)
  if (promise.epsilon > maximumEpsilon)
    return refused(`allows epsilon ${maximumEpsilon} a run; the question promises ${promise.epsilon}`)
  if (promise.delta * 10 * rows > 1)
    return refused(`wants delta to be at most 1/(10 rows); ${promise.delta} is above that for ${rows} rows`)
  return protection.mode === 'dpsgd'
    ? doubtTeacher(protection, promise)
    : doubtNoise(protection.members, state, manifest, promise)
}

type Promised = NonNullable<QuestionManifest['privacy']['promise']>

function doubtTeacher(
  { epsilon, delta }: { readonly epsilon: number; readonly delta: number },
  promise: Promised,
): Objection | undefined {
  if (epsilon <= promise.epsilon && delta <= promise.delta) return undefined
  return refused(
    `cannot promise epsilon ${promise.epsilon} at delta ${promise.delta}: the teacher was trained with ${epsilon} at ${delta}`,
  )
}

function doubtNoise(
  members: number,
  state: SiteState,
  manifest: QuestionManifest,
  promise: Promised,
): Objection | undefined {
  const { run, roster, share, privacy } = manifest
  const { noise, campaign } = privacy
  // Of several kinds each would move by as much as one may, and the noise is priced for one.
  const [part, ...others] = partsOf(share)
  if (part?.kind.encoding !== 'simplex' || others.length > 0)
    return invalid(`Noise is calibrated for rows that add up to one, not for ${share.kind}.`)
  if (noise?.members !== members)
    return refused(`has ${members} sub-teachers; the question counts on ${noise?.members ?? 0}`)
  const { fewest } = sumSizes({ ...manifest, sites: roster.length })
  const colluders = assumedColluders(fewest)
  if (noise.colluders < colluders)
    return refused(
      `expects up to ${colluders} colluding sites of ${fewest}; the question, ${noise.colluders}`,
    )

  const earlier = sealedAnswers(state).filter((answer) => answer.run === run && answer.charge)
  const had = earlier.reduce((total, { items }) => total + items, 0)
  if (had + share.rows > campaign)
    return refused(
      `has answered ${had} of the ${campaign} items of ${run}; it is asked about ${share.rows} more`,
    )
  try {
    const cost = costOf(manifest)
    if (!cost) return invalid('It names no noise.')
    if (earlier.some(({ charge }) => charge && !sameNoise(charge, cost)))
      return invalid(`${run} changes its noise on the way.`)
    const { epsilon } = epsilonOf([{ ...cost, count: campaign }], promise.delta)
    if (epsilon <= promise.epsilon * (1 + ROUNDING)) return undefined
    return refused(
      `does not accept the promise of epsilon ${promise.epsilon}: with this noise the run may cost ${epsilon.toPrecision(4)}`,
    )
  } catch (error) {
    if (error instanceof PrivacyError) return refused(`does not accept the noise. ${error.message}`)
    throw error
  }
}
