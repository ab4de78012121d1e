/**
 * A secure sum with all its parties in one process: for simulations, benchmarks and tests. Every message is the one
 * that a real site or coordinator would send; only the wire is missing.
 */
import type { Residue32 } from '../fixed-point.ts'
import type { Identity } from '../identity.ts'
import { PrivacyError } from '../errors.ts'
import type { Agreement, SumPolicy } from './agreement.ts'
import {
  awaited,
  close,
  messageFor,
  openCoordinator,
  receive,
  type CollectStep,
  type CoordinatorSum,
} from './coordinator.ts'
import type { FromSite, ToSite } from './messages.ts'
import { has } from './roster-set.ts'
import { revealSum, type MaskedAnswer } from './reveal.ts'
import { advanceSite, openSite, type SiteStep, type SiteSum } from './site.ts'

/** Runs one piece of work, and may measure it: a site's, or the coordinator's, its last step apart. */
export type Meter = <Value>(part: SumPart, work: () => Value) => Value
export type SumPart = 'site' | 'coordinator' | 'reveal'

export interface Round {
  readonly agreement: Agreement
  readonly policy: SumPolicy
  /** By position in the roster: identity, and 32 secret bytes. */
  readonly identities: readonly Identity[]
  seed(site: number): Uint8Array
  answer(site: number): Uint32Array
  /** From when on a site is silent. */
  readonly drops?: ReadonlyMap<number, CollectStep>
  /** Sees each message on its way, and may change it. */
  onSent?(site: number, message: FromSite): void
  deliver?(site: number, message: ToSite): ToSite
  readonly meter?: Meter
}

export interface RoundResult {
  readonly coordinator: CoordinatorSum
  readonly sites: readonly (SiteSum | undefined)[]
  /** Why sites left, and why the coordinator left sites out. */
  readonly refusals: ReadonlyMap<number, PrivacyError>
  readonly rejections: ReadonlyMap<number, PrivacyError>
  /** Undefined where too few sites stayed. */
  readonly sum?: Residue32
}

const ORDER: readonly CollectStep[] = ['keys', 'shares', 'masked', 'consent', 'unmask']

export function runRound(round: Round): RoundResult {
  const { agreement, policy, identities } = round
  const meter: Meter = round.meter ?? ((_part, work) => work())
  const sites: (SiteSum | undefined)[] = []
  const [refusals, rejections] = [new Map<number, PrivacyError>(), new Map<number, PrivacyError>()]
  const answers: MaskedAnswer[] = []
  let coordinator = openCoordinator(agreement)

  const isSilent = (site: number, step: CollectStep): boolean => {
    const drop = round.drops?.get(site)
    return drop !== undefined && ORDER.indexOf(drop) <= ORDER.indexOf(step)
  }
  const start = (site: number): SiteStep =>
    openSite({ agreement, policy, identity: identities[site]!, seed: round.seed(site), earlier: new Set() })
  const tell = (site: number, state: SiteSum): SiteStep => {
    const message = meter('coordinator', () => messageFor(coordinator, site))
    if (!message) return { state }
    const answer = message.kind === 'boxes' ? round.answer(site) : undefined
    const delivered = round.deliver?.(site, message) ?? message
    return meter('site', () => {
      const step = advanceSite(state, delivered)
      return answer && !step.refusal ? advanceSite(step.state, { kind: 'answer', words: answer }) : step
    })
  }

  for (const step of ORDER) {
    if (coordinator.step !== step) break
    for (const site of awaited(coordinator).filter((one) => !isSilent(one, step))) {
      const known = sites[site]
      const { state, send, refusal } = known ? tell(site, known) : meter('site', () => start(site))
      sites[site] = state
      if (refusal) refusals.set(site, refusal)
      if (!send) continue
      round.onSent?.(site, send)
      if (send.kind === 'masked') answers.push({ site, words: send.words })
      try {
        coordinator = meter('coordinator', () => receive(coordinator, site, send))
      } catch (error) {
        if (!(error instanceof PrivacyError)) throw error
        rejections.set(site, error)
      }
    }
    coordinator = meter('coordinator', () => close(coordinator))
  }
  if (coordinator.step !== 'complete') return { coordinator, sites, refusals, rejections }
  const survivors = answers.filter(({ site }) => has(coordinator.survivors!, site))
  const sum = meter('reveal', () => revealSum(coordinator, survivors))
  return { coordinator, sites, refusals, rejections, sum }
}
