/** Trials of settings (tuning.ts) as a report keeps and shows them. */
import { z } from 'zod'
import { specText } from './spec-text.ts'
import { settingsSchema, type Settings } from './tuning.ts'

/** Accuracy and the corrected log-loss are for classes. */
export const scoreSchema = z.strictObject({
  accuracy: z.number().min(0).max(1).exactOptional(),
  nll: z.number(),
  calibratedNll: z.number().exactOptional(),
})

export const trialSchema = z.strictObject({
  seed: z.number().int(),
  settings: z.strictObject({
    ...settingsSchema.shape,
    /** In short form ("mlp:64"). */
    student: z.string(),
  }),
  /** Of students' predictions for public labels that did not teach them; absent where nothing could be taught so. */
  score: scoreSchema.exactOptional(),
  seconds: z.number().min(0),
  /** Whether the student was taught so. */
  chosen: z.boolean(),
})
export type TrialReport = z.infer<typeof trialSchema>

export const shownSettings = (settings: Settings): TrialReport['settings'] => ({
  ...settings,
  student: specText(settings.student),
})

/** "era, kd at temperature 4, alpha 0.9, mlp:64, 120 epochs" */
export const settingsText = ({ rule, loss, temperature, alpha, student, epochs }: TrialReport['settings']) =>
  `${rule}, ${loss} at temperature ${temperature}, alpha ${alpha}, ${student}, ${epochs} epochs`

/** "accuracy 0.812, nll 0.430" */
export function scoreText(score: TrialReport['score']): string {
  if (!score) return 'nothing could be taught so'
  const { accuracy, nll } = score
  return `${accuracy === undefined ? '' : `accuracy ${accuracy.toFixed(3)}, `}nll ${nll.toFixed(3)}`
}
