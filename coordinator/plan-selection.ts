/** How a run whose rule is "auto" chooses one, and whether anybody could say which is best. */
import { LEAST_VALIDATION } from '#distill/cross-fit.ts'
import { sitesMayMeasure, type RunPlan } from '#federation/plan.ts'
import { CollegiumError } from '#proto/errors.ts'

/**
 * `labelled` counts transfer rows. Throws `USAGE`, before any site has answered, where too few have a label and the
 * sites may not measure either.
 */
export function selectionOf(
  rule: RunPlan['rule'],
  {
    candidates,
    validation,
    ...terms
  }: NonNullable<RunPlan['selection']> & Pick<RunPlan, 'federatedEvaluation' | 'privacy'>,
  labelled: number,
): Pick<RunPlan, 'selection'> {
  if (rule !== 'auto') return {}
  const usable = Math.min(labelled, validation)
  if (usable < LEAST_VALIDATION && !sitesMayMeasure(terms)) {
    const { mode } = terms.privacy
    const why =
      terms.federatedEvaluation || mode === 'dpsgd' || mode === 'pate'
        ? `counts carry no noise (${mode})`
        : 'federatedEvaluation is off'
    throw new CollegiumError(
      'USAGE',
      `${usable} labelled transfer rows are too few to choose a rule by, and the sites may not measure instead: ${why}. Take ${LEAST_VALIDATION} labelled rows or more, or name a rule.`,
    )
  }
  return { selection: { candidates, validation } }
}
