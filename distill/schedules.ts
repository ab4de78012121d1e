/**
 * Schedules: numbers of a loss that change while a student trains, as data in a run's plan.
 *
 * A path goes from one number to another over a round's training, from its first step to its last. A temperature
 * may instead differ from item to item, by what the student makes of each (`losses/item-temperature.ts`), or be learnt
 * against the student (`learnt-temperature.ts`).
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
  z.strictObject({ kind: z.literal('ctkd') }),
])

export type Path = z.infer<typeof alphaScheduleSchema>
export type TemperatureSchedule = z.infer<typeof temperatureScheduleSchema>
export type LearntTemperature = Extract<TemperatureSchedule, { kind: 'ctkd' }>
export type ItemTemperature = Exclude<TemperatureSchedule, Path | LearntTemperature>

export const isPath = (schedule: TemperatureSchedule): schedule is Path =>
  schedule.kind === 'linear' || schedule.kind === 'cosine'

export const isLearnt = (schedule: TemperatureSchedule): schedule is LearntTemperature =>
  schedule.kind === 'ctkd'

/** Ways to write a schedule of a command line or a YAML file. */
export const pathForms = 'linear:FROM:TO or cosine:FROM:TO'
export const temperatureForms = 'linear:FROM:TO, cosine:FROM:TO, flsw:BETA:GAMMA, cwsm:BETA or ctkd'

/** The schedule that words such as "linear:8:1" or "flsw:1:2" name, or nothing when they name none. */
export const readTemperatureSchedule = (text: string): TemperatureSchedule | undefined =>
  temperatureScheduleSchema.safeParse(fieldsOf(text)).data

export const readAlphaSchedule = (text: string): Path | undefined =>
  alphaScheduleSchema.safeParse(fieldsOf(text)).data

const fieldNames: Readonly<Record<string, readonly string[]>> = {
  linear: ['from', 'to'],
  cosine: ['from', 'to'],
  flsw: ['beta', 'gamma'],
  cwsm: ['beta'],
  ctkd: [],
}

function fieldsOf(text: string): object {
  const [kind = '', ...numbers] = text.split(':')
  const names = fieldNames[kind] ?? []
  // A number too few or too many makes a field without a value or without a name.
  return { kind, ...Object.fromEntries(numbers.map((each, i) => [names[i] ?? '', Number(each || NaN)])) }
}

/** Where a path is once the share `done` of training, 0 to 1, is behind it; a cosine leaves and arrives slowly. */
export function valueAt({ kind, from, to }: Path, done: number): number {
  const share = kind === 'linear' ? done : (1 - Math.cos(Math.PI * done)) / 2
  return from + (to - from) * share
}
