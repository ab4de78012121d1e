/** The teacher that answers a question: the site's own, or what it becomes when it takes in what the question brings. */
import { decodeDigest } from '#distill/digest-file.ts'
import { digest } from '#distill/digest.ts'
import { knownRows, subset, UNLABELLED, type Dataset } from '#engine/data/dataset.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import type { FetchBlob } from './blobs.ts'
import type { Teacher } from './teacher/teacher.ts'
import { openNetwork } from './teacher/trained.ts'

export interface DigesterParts {
  readonly runtime: Runtime
  readonly fetchBlob: FetchBlob
  readonly teacher: Teacher
  readonly training: Dataset
}

/** Lends the teacher for as long as `use` takes. */
export type LendTeacher = <T>(
  manifest: QuestionManifest,
  transfer: Dataset,
  use: (teacher: Teacher) => Promise<T>,
) => Promise<T>

/**
 * A teacher that cannot learn answers as it is. For one that can, the network that answers follows from the teacher,
 * the manifest and the file that it names, and is kept nowhere: the site's own teacher stays what it was.
 */
export function createDigester({ runtime, fetchBlob, teacher, training }: DigesterParts): LendTeacher {
  return async (manifest, transfer, use) => {
    const { learner } = teacher
    if (!manifest.digest || !learner) return use(teacher)
    const { hash, epochs } = manifest.digest
    const { temperature, outputs } = manifest.share
    const file = await fetchBlob(hash, 'what the sites said so far')
    const { items, targets } = decodeDigest(file, transfer.rows, outputs)
    const own = learner.seesOwnRows ? subset(training, knownRows(training)) : undefined
    const network = await digest(runtime, {
      network: learner.network,
      inputs: subset(transfer, items).inputs,
      targets,
      temperature,
      ...(own && {
        own: { ...own, labels: own.labels ?? new Int32Array(own.rows).fill(UNLABELLED) },
      }),
      epochs,
      seed: `${hash}/digest`,
    })
    const learnt = await openNetwork(runtime, teacher.kind, network, teacher.networkHash)
    try {
      return await use(learnt)
    } finally {
      await learnt.release()
    }
  }
}
