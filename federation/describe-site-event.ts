/** One readable line for an event of a site's journal: for `journal show` and logs. */
import type { SiteEvent } from './site-events.ts'

const short = (hash: string) => hash.slice(0, 12)

export function describeSiteEvent(event: SiteEvent): string {
  switch (event.type) {
    case 'joined':
      return `joined federation ${short(event.federation)} as "${event.site}" with key ${short(event.publicKey)}`
    case 'key-rotated':
      return `has key ${short(event.publicKey)} in place of ${short(event.oldKey)}`
    case 'coordinator-key-rotated':
      return `the coordinator has key ${short(event.publicKey)} in place of ${short(event.oldKey)}`
    case 'head-witnessed':
      return `the coordinator's journal stood at record ${event.sequence}: ${short(event.hash)}`
    case 'teacher-ready':
      return `teacher ${short(event.networkHash)} ready: ${event.rows} rows, ${event.validationRows} kept for measuring`
    case 'question-declined':
      return `question ${short(event.question)} declined: ${event.code}, ${event.reason}`
    case 'question-entered':
      return `took part in the masked question ${short(event.question)} of ${event.run}`
    case 'unmask-shared':
      return `helped to unmask the sum of ${short(event.question)}`
    case 'budget-reserved':
      return `${event.mechanism.count} noised items reserved for ${event.run} (${event.purpose}), by the ${event.unit}`
    case 'training-charged':
      return `${event.mechanism.count} steps charged that trained teacher ${short(event.networkHash)}, by the ${event.unit}`
    case 'answer-sealed': {
      const charge = event.charge ? `; ${event.charge.count} charged` : ''
      return `answer to ${short(event.question)} sealed: ${event.shareKind} of ${event.items} items, ${event.mode}, for ${event.run}${charge}`
    }
    case 'answer-acknowledged':
      return `answer to ${short(event.question)} acknowledged`
    case 'answer-voided':
      return `answer to ${short(event.question)} void: ${event.code}, ${event.reason}`
    case 'student-received':
      return `student of ${event.run} received: ${short(event.onnxHash)}`
  }
}
