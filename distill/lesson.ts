/** What a student is taught: a batch of tensors by name, and the loss that reads them. Lessons may be put on top of one. */
import type { BatchData } from '#engine/batch.ts'
import type { LossFn } from '#engine/losses.ts'

export interface Lesson {
  readonly batch: BatchData
  readonly loss: LossFn
}
