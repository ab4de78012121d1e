/** Everything a report needs to know about predictions of a number on private rows (see regression-counts.ts); a row of it for each student. */
import {
  computeRegressionCounts,
  LARGEST_OF_ROW,
  REGRESSION_COUNTS,
  ROW_L1,
  ROW_L2,
} from '../regression-counts.ts'
import type { ShareKind } from './kind.ts'

export const regressionCounts: ShareKind = {
  task: 'regress',
  purpose: 'evaluate',
  encoding: 'counts',
  /** Fine enough for the squared errors of a few rows: a thousandth of a squared spread is four units. */
  scale: 2 ** 12,
  clip: 0,
  length: ({ rows }) => rows * REGRESSION_COUNTS,
  largest: ({ rows }) => rows * LARGEST_OF_ROW,
  sensitivity: ({ rows }) => ({ unit: 'record', l1: rows * ROW_L1, l2: Math.sqrt(rows) * ROW_L2 }),
  compute: computeRegressionCounts,
}
