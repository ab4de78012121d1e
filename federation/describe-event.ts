/** One readable line for an event of the journal: for the dashboard, `journal show` and logs. */
import { scoreText, settingsText, shownSettings } from '#distill/trials.ts'
import type { FederationEvent } from './events.ts'
import { headsText } from './plan.ts'

const short = (hash: string) => hash.slice(0, 12)
const list = (names: readonly string[]) => (names.length === 0 ? 'nobody' : names.join(', '))

const STEPS = {
  commits: 'committed to a part in the deal of groups',
  reveals: 'revealed its part in the deal of groups',
  keys: 'offered keys',
  shares: 'dealt shares',
  signatures: 'signed the survivors',
  unmasking: 'helped to unmask',
}

export function describeEvent(event: FederationEvent): string {
  switch (event.type) {
    case 'federation-founded':
      return `federation "${event.name}" founded; coordinator key ${short(event.coordinatorKey)}`
    case 'site-invited':
      return `${event.site} invited${event.approve ? ', approved in advance' : ''}`
    case 'site-enrolled':
      return `${event.site} enrolled with key ${short(event.publicKey)}`
    case 'site-approved':
      return `${event.site} approved`
    case 'site-revoked':
      return `${event.site} revoked`
    case 'site-key-rotated':
      return `${event.site} has key ${short(event.publicKey)} in place of ${short(event.oldKey)}`
    case 'coordinator-key-rotated':
      return `the coordinator has key ${short(event.publicKey)} in place of ${short(event.oldKey)}`
    case 'checkpoint':
      return `record ${event.sequence} signed: ${short(event.hash)}`
    case 'run-started':
      return `${event.run} started: ${event.plan.roster.length} sites, ${headsText(event.plan, 'rule') ?? event.plan.rule}, seed ${event.plan.seed}`
    case 'question-opened':
      return `question ${short(event.question)} opened (${event.purpose}, round ${event.round + 1})`
    case 'answer-accepted':
      return `${event.site} answered ${short(event.question)} with ${event.bytes} bytes`
    case 'step-accepted':
      return `${event.site} ${STEPS[event.stage]} for ${short(event.question)}, ${event.bytes} bytes`
    case 'stage-closed':
      return `${event.stage} of ${short(event.question)} closed; going on with ${list(event.members)}`
    case 'question-refused':
      return `${event.site} refused ${short(event.question)}: ${event.code}, ${event.reason}`
    case 'question-closed':
      return `question ${short(event.question)} closed; summing ${list(event.survivors)}; dropped ${list(event.dropped)}`
    case 'sum-revealed':
      return `sum of ${event.sites} answers to ${short(event.question)} revealed`
    case 'sum-reused':
      return `${event.run} reuses the sum of ${short(event.question)} (${event.purpose}, round ${event.round + 1}); nobody is asked again`
    case 'candidate-trained':
      return `candidate ${event.rule} taught a student in ${event.seconds.toFixed(1)} s: ${short(event.networkHash)}`
    case 'rule-selected':
      return `rule of round ${event.round + 1} selected on ${event.items} ${event.by === 'sites' ? 'rows of the sites' : 'labelled items'}: ${event.rule}; ${event.scores.map(({ rule, accuracy }) => `${rule} ${accuracy.toFixed(3)}`).join(', ')}`
    case 'trial-scored':
      return `trial ${event.trial + 1} of ${event.run}: ${settingsText(shownSettings(event.settings))}; ${scoreText(event.score)}`
    case 'student-trained':
      return `student of round ${event.round + 1} trained in ${event.seconds.toFixed(1)} s: ${short(event.networkHash)}`
    case 'student-evaluated':
      return `student evaluated; report ${short(event.reportHash)}`
    case 'student-released':
      return `student released: ${list(event.files.map(({ name }) => name))}`
    case 'run-failed':
      return `${event.run} failed: ${event.code}, ${event.reason}`
  }
}
