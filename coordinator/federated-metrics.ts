/** What the sites counted of a student on rows of their own, as figures. */
import { metricsOfCounts } from '#distill/evaluation-counts.ts'
import { headOf } from '#distill/heads.ts'
import { measuredTogether } from '#distill/heads/several.ts'
import type { Measured } from '#distill/measured.ts'
import { metricsOfLabelCounts } from '#distill/multilabel-counts.ts'
import { regressionMetrics } from '#distill/regression-metrics.ts'
import { errorsOfCounts } from '#distill/regression-counts.ts'
import { datasetViews, type Dataset } from '#engine/data/dataset.ts'
import { oneTask } from '#engine/data/target.ts'
import type { Blobs } from '#federation/ports.ts'
import { decodeSum, partsOf } from '#federation/share.ts'
import type { Question } from '#federation/state.ts'
import { bytesToWords } from '#privacy/fixed-point.ts'
import { decodeManifest } from '#proto/manifest.ts'

/** Of the sum of a question about one student; nothing where there is none. The transfer set says what is predicted. */
export async function federatedMetrics(
  blobs: Blobs,
  question: Question | undefined,
  transfer: Dataset,
): Promise<Measured | undefined> {
  if (question?.sumHash === undefined) return undefined
  const { share } = decodeManifest(Buffer.from(question.manifest, 'base64'))
  const sum = decodeSum(share, bytesToWords(await blobs.get(question.sumHash)))
  const views = datasetViews(transfer)
  const heads = partsOf(share).map(({ head, offset, length }) => {
    const { name = '', ...view } = views[head]!
    const metrics = measuredOf(view, sum.subarray(offset, offset + length))
    return { name, task: oneTask(headOf(view).task), classes: view.classes, metrics }
  })
  const rows = Math.max(...heads.map(({ metrics }) => metrics.rows))
  return heads.length > 1 ? measuredTogether(heads, rows) : heads[0]?.metrics
}

function measuredOf({ standard, multilabel, classes }: Dataset, counts: Float64Array): Measured {
  if (standard) return regressionMetrics(errorsOfCounts(counts), standard)
  return (multilabel ? metricsOfLabelCounts : metricsOfCounts)(counts, classes.length)
}
