/** Learning-rate schedules: which share of the largest rate a step takes. */

export type Schedule =
  | 'constant'
  /** From the full rate down to 0 behind the last step (Loshchilov and Hutter, arXiv 1608.03983). */
  | 'cosine'
  /** Times `factor` at each of the given shares of the run: [0.5, 0.75] is at half and at three quarters. */
  | { readonly kind: 'step'; readonly at: readonly number[]; readonly factor: number }
  /** Rises evenly over the first share of the run, which ends at the full rate, and then goes on as told. */
  | { readonly kind: 'warmUp'; readonly share: number; readonly after: Schedule }
  /** Up from 1/25 of the rate by a cosine over the first share, 0.3 unless told, and down to 1/250,000 (Smith and Topin, arXiv 1708.07120). */
  | { readonly kind: 'oneCycle'; readonly share?: number }

/** From 0 to 1, for a step that counts from 1 to `totalSteps`. */
export function rateAt(schedule: Schedule, step: number, totalSteps: number): number {
  const done = (step - 1) / totalSteps
  if (schedule === 'constant') return 1
  if (schedule === 'cosine') return blend(1, 0, done)
  if (schedule.kind === 'step') return schedule.factor ** schedule.at.filter((at) => done >= at).length
  if (schedule.kind === 'warmUp') {
    const rising = Math.round(schedule.share * totalSteps)
    if (step <= rising) return step / rising
    return rateAt(schedule.after, step - rising, totalSteps - rising)
  }
  const { share = 0.3 } = schedule
  return done < share ? blend(1 / 25, 1, done / share) : blend(1, 1 / 250_000, (done - share) / (1 - share))
}

/** From `a` to `b` along half a cosine wave, as x goes from 0 to 1. */
const blend = (a: number, b: number, x: number): number => b + ((a - b) * (1 + Math.cos(Math.PI * x))) / 2
