/** The built-in teacher: a network trained here, on the site's own rows. */
import { defaultTeacher, defaultTeacherTraining } from '#distill/defaults.ts'
import { networkSize, parseSpecText } from '#distill/spec-text.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { parseSpec, type NetworkSpec } from '#engine/spec.ts'
import type { MlpTeacherConfig, NetworkTeacherConfig, TeacherConfig } from '../config.ts'
import { planTraining, type TeacherPlan } from './trained.ts'

export type BuiltInConfig = MlpTeacherConfig | NetworkTeacherConfig

export const isBuiltIn = (config: TeacherConfig): config is BuiltInConfig =>
  config.kind === 'mlp' || config.kind === 'network'

/**
 * The whole of what is trained: the site's wishes over defaults that suit its number of rows. Throws
 * `ENGINE_SPEC_INVALID` for a network or an augmentation that the rows do not fit.
 */
export function planBuiltIn(wishes: BuiltInConfig, schema: FeatureSchema, { rows }: Dataset): TeacherPlan {
  const spec = specOf(wishes, schema, rows)
  return planTraining(wishes, defaultTeacherTraining(rows, spec), { schema, spec })
}

function specOf(wishes: BuiltInConfig, schema: FeatureSchema, rows: number): NetworkSpec {
  if (wishes.kind === 'network') return parseSpecText(wishes.network, networkSize(schema))
  const usual = defaultTeacher(schema, rows)
  return parseSpec({ ...usual, hidden: wishes.hidden ?? usual.hidden })
}
