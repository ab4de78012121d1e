/** What a site has promised the people whose rows trained its teacher, as its ledger says. */
import { accountOf, roundedUp, spentBy, trainingOf, type Budget } from '#federation/ledger.ts'
import { usualPricing, type Pricing } from '#federation/pricing.ts'
import { sealedAnswers, type SealedAnswer, type SiteState } from '#federation/site-state.ts'
import type { Unit } from '#federation/units.ts'
import type { PrivacyClaim } from '#privacy/audit/claim.ts'
import type { VoteNoise } from './noised-votes.ts'

/** Where neither a budget nor a teacher names one. */
const USUAL_DELTA = 1e-6

const unitWords: Readonly<Record<Unit, readonly [unit: string, neighbours: string]>> = {
  record: ['a row at this site', 'one row present or absent'],
  patient: ['a patient at this site', "one patient's rows present or absent"],
  site: ['this site', 'all rows of the site present or absent'],
}

/**
 * Epsilon is what the ledger has spent on the data of the present teacher, and what that teacher's own training
 * cost, answered or not. It is null where the teacher is of a kind that promises nothing, and as soon as one answer
 * about the same rows has left that nothing bounds: no epsilon holds then, whatever was paid for the others.
 */
export function claimOf(
  state: SiteState,
  budget: Budget | undefined,
  pricing: Pricing = usualPricing,
): PrivacyClaim {
  const { teacher } = state
  const dataset = teacher?.dataHash ?? ''
  const account = accountOf(state, dataset)
  const own = trainingOf(state)
  const isCharged = account.trainings.some(({ networkHash }) => networkHash === own?.networkHash)
  const spent = [...spentBy(account), ...(own && !isCharged ? [own.mechanism] : [])]

  const answers = sealedAnswers(state).filter((answer) => answer.dataset === dataset)
  const taught = answers.filter(({ purpose }) => purpose === 'teach')
  const bounded = new Set([...account.trainings, ...(own ? [own] : [])].map((training) => training.teacher))
  const bare = taught.filter(({ charge, teacher: key }) => !charge && !bounded.has(key))
  const unit = account.unit ?? own?.unit ?? 'record'
  const [whose, neighbours] = unitWords[unit]
  const common = { unit: whose, neighbours, questions: taught.reduce((sum, { items }) => sum + items, 0) }
  if (!teacher?.protection || spent.length === 0 || bare.length > 0)
    return {
      mode: 'no differential privacy',
      ...common,
      epsilon: null,
      delta: null,
      accountant: null,
      assumptions:
        bare.length > 0 && spent.length > 0
          ? [`${bare.length} answers about these data left without any bound.`]
          : [],
    }

  const delta =
    budget?.delta ?? (teacher.protection.mode === 'dpsgd' ? teacher.protection.delta : USUAL_DELTA)
  const { epsilon, accountant } = pricing.epsilonOf(spent, delta)
  return {
    mode: [...new Set(spent.map(({ kind }) => modeOf[kind] ?? kind))].join(' and '),
    ...common,
    epsilon: roundedUp(epsilon),
    delta,
    accountant,
    assumptions: assumptionsOf(
      spent.some(({ kind }) => kind === 'distributedDiscreteGaussian'),
      answers,
    ),
  }
}

const modeOf: Readonly<Record<string, string>> = {
  distributedDiscreteGaussian: 'pate',
  sampledGaussian: 'dpsgd',
}

function assumptionsOf(noised: boolean, answers: readonly SealedAnswer[]): string[] {
  const counts = answers.filter(({ purpose, charge }) => purpose !== 'teach' && !charge).length
  return [
    'Settings were not chosen by looking at the private rows.',
    ...(noised
      ? ['As many sites as the questions counted on add their noise, and no more than assumed tell theirs.']
      : []),
    ...(counts > 0
      ? [`The rows held out are not covered: ${counts} counts over them left without noise.`]
      : []),
  ]
}

/** The noise under which answers of the present data have left. */
export function noiseOf(state: SiteState): VoteNoise[] {
  return spentBy(accountOf(state, state.teacher?.dataHash ?? '')).filter(
    (mechanism) => mechanism.kind === 'distributedDiscreteGaussian',
  )
}
