/** The losses that a run may name where a number is predicted, each in its two parts, mixed by alpha. */
import type { Expr } from '#engine/expr.ts'
import {
  attentiveImitationRows,
  boundedImitationRows,
  huberRows,
  squaredErrorRows,
  teacherBoundRows,
  type Imitated,
} from './imitation.ts'

export interface NumberLoss {
  /** The weight of the soft part in its reference, for runs that name none. */
  readonly alpha: number
  /** How means are taught instead of by likelihood; a value a row, [batch]. */
  readonly means?: {
    /** Of rows whose value is known; the others imitate the teachers by Huber's loss. */
    readonly soft: (taught: Imitated) => Expr
    readonly hard: (student: Expr, values: Expr) => Expr
  }
}

const plainImitation = ({ student, teachers }: Imitated): Expr => huberRows(student, teachers)

export const numberLosses = {
  /** KL between normal distributions, and likelihood. */
  kd: { alpha: 1 },
  huber: { alpha: 1, means: { soft: plainImitation, hard: huberRows } },
  /** One part of the bound to two of smooth L1. */
  'teacher-bounded': { alpha: 1 / 3, means: { soft: teacherBoundRows, hard: huberRows } },
  'bounded-imitation': { alpha: 0.5, means: { soft: boundedImitationRows, hard: squaredErrorRows } },
  attentive: { alpha: 0.5, means: { soft: attentiveImitationRows, hard: squaredErrorRows } },
} as const satisfies Readonly<Record<string, NumberLoss>>

export type NumberLossName = keyof typeof numberLosses
