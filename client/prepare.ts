/** What a site needs before it can answer: the shared schema, its rows, its teacher. */
import type { Dataset } from '#engine/data/dataset.ts'
import { parseFeatureSchema, type FeatureSchema } from '#engine/data/schema.ts'
import { outputCount } from '#engine/data/target.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { Blobs, Clock, SecureRandom } from '#federation/ports.ts'
import { recordTeacher } from '#federation/site-decide.ts'
import type { Identity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { FetchBlob } from './blobs.ts'
import type { SiteConfig } from './config.ts'
import type { SiteCore } from './core.ts'
import type { DataSource } from './data.ts'
import { readOwnRows } from './own-rows.ts'
import { createSideInputs, type SideInputs } from './share-values.ts'
import type { StatusBoard } from './status.ts'
import { openTeacher } from './teacher/open.ts'
import type { Teacher } from './teacher/teacher.ts'

export interface Prepared {
  readonly schema: FeatureSchema
  readonly teacher: Teacher
  /** The rows that the teacher learnt from, or could have. */
  readonly training: Dataset
  readonly validation: Dataset
  /** What those rows say beside the teacher. */
  readonly sideInputs: SideInputs
}

export interface PrepareParts {
  readonly core: SiteCore
  readonly blobs: Blobs
  readonly runtime: Runtime
  readonly fetchBlob: FetchBlob
  readonly data: DataSource
  readonly config: Pick<SiteConfig, 'teacher' | 'validation' | 'seed'>
  readonly status: StatusBoard
  readonly clock: Clock
  readonly identity: Pick<Identity, 'sign'>
  readonly random: SecureRandom
  /** Gives work that fills the machine its turn; several sites of one process share one. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>
  /** From earlier, of the same rows and schema: gates that are open already. */
  readonly sideInputs?: SideInputs
}

/** Rejects with the codes of the data readers, of training, or of fetching the schema. */
export async function prepareSite(
  parts: PrepareParts,
  schemaHash: string,
  signal: AbortSignal,
): Promise<Prepared> {
  const { core, blobs, runtime, fetchBlob, config, status, clock, exclusively } = parts
  status.update({ activity: 'training', note: 'reading the data', progress: 0 })
  const schema = parseSchema(await fetchBlob(schemaHash, 'feature schema'))
  const { matter, validation } = await readOwnRows(parts.data, config, parts.identity, schema, schemaHash)
  const { training, dataHash } = matter

  status.update({ note: 'waiting to train the teacher', trainingRows: training.rows })
  const { teacher, key, protection } = await exclusively(() =>
    openTeacher(runtime, blobs, {
      ...matter,
      earlier: core.state().teacher,
      signal,
      clock,
      random: parts.random,
      onEpoch: ({ epoch, epochs, secondsLeft }) =>
        status.update({
          note: `training the teacher, epoch ${epoch} of ${epochs}${timeLeft(secondsLeft)}`,
          progress: epoch / epochs,
        }),
    }),
  )
  const facts = {
    networkHash: teacher.networkHash,
    key,
    dataHash,
    schemaHash,
    classes: outputCount(schema),
    rows: training.rows,
    validationRows: validation.rows,
    ...(protection && { protection }),
  }
  await core.commit((state) => recordTeacher(state, facts))
  status.update({ activity: 'idle', note: 'ready', progress: 0 })
  const sideInputs = parts.sideInputs ?? createSideInputs(runtime, training, schema)
  return { schema, teacher, training, validation, sideInputs }
}

/** In words, where it is worth saying. */
function timeLeft(seconds = 0): string {
  if (seconds < 5) return ''
  return seconds < 90 ? `, ${Math.ceil(seconds)} s left` : `, ${Math.ceil(seconds / 60)} min left`
}

function parseSchema(bytes: Uint8Array): FeatureSchema {
  try {
    return parseFeatureSchema(JSON.parse(new TextDecoder().decode(bytes)))
  } catch (cause) {
    throw new CollegiumError(
      'DATA_FORMAT',
      "The federation's feature schema is not one that this version reads.",
      { cause },
    )
  }
}
