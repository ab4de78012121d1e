/**
 * A coordinator as a process of its own: `coordinator-process.ts FOLDER PORT [before|after APPEND]`.
 * Prints the type of each event once it is recorded, a line each; dies at the given append of its journal.
 */
import { startCoordinator } from '#coordinator/main.ts'
import { systemClock, systemRandom } from '#cli/world.ts'
import { killingJournal, killPointOf } from './suicide.ts'

const [dir = '', port, ...kill] = process.argv.slice(2)
const killPoint = killPointOf(kill)
const say = (_fields: object, message: string) => void process.stderr.write(`${message}\n`)
const coordinator = await startCoordinator({
  dir,
  port: Number(port),
  threads: 1,
  clock: systemClock,
  random: systemRandom,
  log: { info: () => undefined, warn: say, error: say },
  ...(killPoint && { wrapJournal: killingJournal(killPoint) }),
})
coordinator.core.onEvent(({ event }) => console.log(event.type))
console.log('listening')
