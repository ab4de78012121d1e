/** The wishes for numbers that change while a student learns, and what a temperature that is learnt does not go with. */
import { distillationLosses, teachesClasses } from '#distill/losses/registry.ts'
import type { LossName } from '#distill/losses/registry.ts'
import type { SoftLoss } from '#distill/losses/soft-loss.ts'
import { isLearnt, readAlphaSchedule, readTemperatureSchedule } from '#distill/schedules.ts'
import { takesRegressor } from '#engine/regressor.ts'
import type { NetworkSpec } from '#engine/spec.ts'
import type { RunPlan } from '#federation/plan.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { RunOverrides } from './config.ts'

interface Known {
  readonly loss: LossName
  readonly student: NetworkSpec
}

/** Each absent where there is no such wish. Throws `USAGE` where a temperature could not be learnt. */
export function schedulesOf(
  wish: Pick<RunOverrides, 'temperatureSchedule' | 'alphaSchedule' | 'tune'>,
  known: Known,
): Pick<RunPlan, 'temperatureSchedule' | 'alphaSchedule'> {
  const temperatureSchedule = wish.temperatureSchedule && readTemperatureSchedule(wish.temperatureSchedule)
  const alphaSchedule = wish.alphaSchedule && readAlphaSchedule(wish.alphaSchedule)
  const problem =
    temperatureSchedule && isLearnt(temperatureSchedule) ? learningProblem(wish, known) : undefined
  if (problem !== undefined) throw new CollegiumError('USAGE', problem)
  return { ...(temperatureSchedule && { temperatureSchedule }), ...(alphaSchedule && { alphaSchedule }) }
}

function learningProblem({ tune }: Pick<RunOverrides, 'tune'>, { loss, student }: Known): string | undefined {
  if (tune !== undefined)
    return 'Settings are searched among losses that ctkd does not go with; leave --tune out with it.'
  const chosen: SoftLoss | undefined = teachesClasses(loss) ? distillationLosses[loss] : undefined
  if (chosen?.unlearnable)
    return `The loss ${loss} ${chosen.unlearnable}, so that ctkd has nothing to learn; leave one of the two out.`
  return takesRegressor(student)
    ? undefined
    : 'ctkd learns a temperature by a further output of a last layer that is dense and linear; the student does not end in one.'
}
