/**
 * A site as a process of its own: `site-process.ts FOLDER [before|after APPEND]`.
 * Dies at the given append of its journal; reconnects without much patience; charges for its answers.
 */
import { startSiteFromFolder } from '#client/main.ts'
import { systemClock, systemRandom } from '#cli/world.ts'
import { impatient } from './bent-link.ts'
import { pretendPricing } from './pretend-pricing.ts'
import { killingJournal, killPointOf } from './suicide.ts'

const [dir = '', ...kill] = process.argv.slice(2)
const killPoint = killPointOf(kill)
const say = (_fields: object, message: string) => void process.stderr.write(`${message}\n`)
const site = await startSiteFromFolder(dir, {
  threads: 1,
  pollMs: 50,
  linkFor: impatient,
  pricing: pretendPricing,
  clock: systemClock,
  random: systemRandom,
  log: { info: () => undefined, warn: say, error: say },
  ...(killPoint && { wrapJournal: killingJournal(killPoint) }),
})
await site.ended
