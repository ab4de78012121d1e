/**
 * Schedules: numbers of a loss that change while a student trains, as data in a run's plan.
 *
 * A path goes from one number to another over a round's training, from its first step to its last. A temperature
 * may instead differ from item to item, by what the student makes of each (`losses/item-temperature.ts`).
 */
import { z } from 'zod'

const path = (lowest: number, highest: number) => {
  const number = z.number().min(lowest).max(highest)
  return z.strictObject({ kind: z.enum(['linear', 'cosine']), from: number, to: number })
}

export const LOWEST_TEMPERATURE = 0.1
export const HIGHEST_TEMPERATURE = 100
const beta = z.number().positive().max(100)

export const alphaScheduleSchema = path(0, 1)
export const temperatureScheduleSchema = z.union([
  path(LOWEST_TEMPERATURE, HIGHEST_TEMPERATURE),
  z.strictObject({ kind: z.literal('flsw'), beta, gamma: z.number().positive().max(10) }),
  z.strictObject({ kind: z.literal('cwsm'), beta }),
])

export type Path = z.infer<typeof alphaScheduleSchema>
export type TemperatureSchedule = z.infer<typeof temperatureScheduleSchema>
export type ItemTemperature = Exclude<TemperatureSchedule, Path>

export const isPath = (schedule: TemperatureSchedule): schedule is Path =>
  schedule.kind === 'linear' || schedule.kind === 'cosine'

/** Where a path is once the share `done` of training, 0 to 1, is behind it; a cosine leaves and arrives slowly. */
export function valueAt({ kind, from, to }: Path, done: number): number {
  const share = kind === 'linear' ? done : (1 - Math.cos(Math.PI * done)) / 2
  return from + (to - from) * share
}
