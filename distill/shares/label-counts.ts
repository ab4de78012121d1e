/** Everything a report needs to know about predictions of labels on private rows (see multilabel-counts.ts); a row of it for each student. */
import { largestCount } from '../evaluation-counts.ts'
import { computeLabelCounts, labelCountsLength, rowL1OfLabels, rowL2OfLabels } from '../multilabel-counts.ts'
import type { ShareKind } from './kind.ts'

export const labelCounts: ShareKind = {
  task: 'multilabel',
  purpose: 'evaluate',
  encoding: 'counts',
  scale: 2 ** 8,
  clip: 0,
  length: ({ rows, classes }) => rows * labelCountsLength(classes),
  largest: ({ rows }) => largestCount(rows),
  sensitivity: ({ rows, classes }) => ({
    unit: 'record',
    l1: rows * rowL1OfLabels(classes),
    l2: Math.sqrt(rows) * rowL2OfLabels(classes),
  }),
  compute: computeLabelCounts,
}
