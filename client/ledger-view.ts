/** What a site's ledger says, read from its journal; the site may be running in another process. */
import { accountOf, promisedBy, spentBy, type Account, type Budget } from '#federation/ledger.ts'
import { usualPricing, type Pricing } from '#federation/pricing.ts'
import { sealedAnswers, type SealedAnswer, type SiteState } from '#federation/site-state.ts'
import type { Unit } from '#federation/units.ts'
import { ready } from '#privacy/crypto.ts'
import { requireMembership, siteFolder } from './folder.ts'
import { readSiteState } from './site-journal.ts'

export interface LedgerView {
  readonly site: string
  readonly budget?: Budget
  readonly datasets: readonly DatasetView[]
}

export interface DatasetView {
  readonly dataset: string
  /** The one that the site's teacher learns from now. */
  readonly current: boolean
  /** Absent where nothing has been charged. */
  readonly account?: AccountView
  /** Answers that left without noise, by mode: no epsilon describes them. */
  readonly withoutNoise: Readonly<Record<string, number>>
  /** The newest answers, the last one last. */
  readonly last: readonly AnswerView[]
}

export interface AccountView extends Account {
  readonly unit: Unit
  /** At which epsilons are told: the budget's, or 1e-6 where there is none any more. */
  readonly delta: number
  /** Epsilon of what has been answered, and of all that has been promised. */
  readonly spent: number
  readonly reserved: number
  /** Which accountant's bound `reserved` is. */
  readonly accountant: string
}

export interface AnswerView {
  readonly atMs: number
  readonly run: string
  readonly purpose: string
  readonly mode: string
  readonly items: number
  /** Items charged for; 0 without noise. */
  readonly charged: number
}

/**
 * The ledger of the site that lives in `dir`. Rejects with `CONFIG_INVALID` for a folder that has not joined,
 * and `CONFIG_UNREADABLE` where there is no journal yet.
 */
export async function readLedger(dir: string, pricing: Pricing = usualPricing): Promise<LedgerView> {
  await ready
  const folder = siteFolder(dir)
  const membership = await requireMembership(folder, dir)
  const { policy } = await folder.config()
  const state = await readSiteState(folder.journal)
  return {
    site: membership.site,
    ...(policy.budget && { budget: policy.budget }),
    datasets: datasetsOf(state, policy.budget, pricing),
  }
}

/** By dataset, in the order first answered about; the current one is there even before that. */
export function datasetsOf(
  state: SiteState,
  budget: Budget | undefined,
  pricing: Pricing = usualPricing,
): DatasetView[] {
  const answers = sealedAnswers(state)
  const current = state.teacher?.dataHash
  const datasets = new Set(answers.map(({ dataset }) => dataset))
  if (current !== undefined) datasets.add(current)
  return [...datasets].map((dataset) => {
    const own = answers.filter((answer) => answer.dataset === dataset)
    const account = viewOf(accountOf(state, dataset), budget, pricing)
    return {
      dataset,
      current: dataset === current,
      ...(account && { account }),
      withoutNoise: countByMode(own.filter(({ charge, mode }) => !charge && mode !== 'dpsgd')),
      last: own.slice(-LAST).map(answerView),
    }
  })
}

const LAST = 5
const USUAL_DELTA = 1e-6

function viewOf(
  account: Account,
  budget: Budget | undefined,
  { epsilonOf }: Pricing,
): AccountView | undefined {
  const { unit } = account
  if (!unit) return undefined
  const delta = budget?.delta ?? USUAL_DELTA
  const reserved = epsilonOf(promisedBy(account), delta)
  const { epsilon: spent } = epsilonOf(spentBy(account), delta)
  return { ...account, unit, delta, spent, reserved: reserved.epsilon, accountant: reserved.accountant }
}

function countByMode(answers: readonly SealedAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { mode } of answers) counts[mode] = (counts[mode] ?? 0) + 1
  return counts
}

const answerView = ({ sealedAt, run, purpose, mode, items, charge }: SealedAnswer): AnswerView => ({
  atMs: sealedAt,
  run,
  purpose,
  mode,
  items,
  charged: charge?.count ?? 0,
})
