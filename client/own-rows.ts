/** A site's own rows, parted, and what its teacher is made from: the same for making it and for auditing it. */
import type { Dataset } from '#engine/data/dataset.ts'
import type { FeatureSchema } from '#engine/data/schema.ts'
import type { Identity } from '#privacy/identity.ts'
import type { SiteConfig } from './config.ts'
import { partFor, type DataSource } from './data.ts'
import type { TeacherJob } from './teacher/open.ts'
import { unitKeyOf } from './units.ts'

/** What a teacher is made from; equal matter makes equal teachers. */
export type TeacherMatter = Pick<
  TeacherJob,
  'config' | 'schema' | 'schemaHash' | 'training' | 'dataHash' | 'validationFraction' | 'seed' | 'unitKey'
>

export interface OwnRows {
  readonly matter: TeacherMatter
  /** The rows that only ever measure. */
  readonly validation: Dataset
}

/** Reads the rows by the federation's schema. Rejects with the codes of the data readers. */
export async function readOwnRows(
  data: DataSource,
  config: Pick<SiteConfig, 'teacher' | 'validation' | 'seed'>,
  identity: Pick<Identity, 'sign'>,
  schema: FeatureSchema,
  schemaHash: string,
): Promise<OwnRows> {
  const { dataset, dataHash } = await data(schema)
  const unitKey = unitKeyOf(identity)
  const { training, validation } = partFor(dataset, config, unitKey)
  const { teacher, validation: validationFraction, seed } = config
  const matter = {
    config: teacher,
    schema,
    schemaHash,
    training,
    dataHash,
    validationFraction,
    seed,
    unitKey,
  }
  return { matter, validation }
}
