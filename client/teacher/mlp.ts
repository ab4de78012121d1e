/** The built-in teacher: a multi-layer perceptron, trained here on the site's own rows. */
import { defaultTeacher, defaultTeacherTraining } from '#distill/defaults.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import { parseSpec } from '#engine/spec.ts'
import type { MlpTeacherConfig } from '../config.ts'
import { trainingFor, type TeacherPlan } from './trained.ts'

/** The whole of what is trained: the site's wishes over defaults that suit its number of rows. */
export function planMlp(wishes: MlpTeacherConfig, schema: FeatureSchema, { rows }: Dataset): TeacherPlan {
  const spec = defaultTeacher(schema, rows)
  const { hidden = spec.hidden } = wishes
  return {
    spec: parseSpec({ ...spec, hidden }),
    training: trainingFor(wishes, defaultTeacherTraining(rows)),
  }
}
