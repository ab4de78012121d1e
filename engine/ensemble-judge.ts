/** Judging every member of an ensemble on rows of its own that it does not learn from. */
import { rowsIn } from './batch.ts'
import type { BatchData } from './batch.ts'
import { interleave } from './ensemble-plan.ts'
import { workPerRow } from './network.ts'
import { floats } from './session/runtime.ts'
import type { Session } from './session/runtime.ts'
import type { MlpSpec } from './spec.ts'
import { feedsOf, WORK_PER_CALL } from './training-calls.ts'

export interface MemberRows {
  readonly batch: BatchData
  /** The rows of each member, at least one. */
  readonly subsets: readonly Int32Array[]
}

const MOST_ROWS_PER_CALL = 4096

/** The mean loss of each member, of stacked parameters; the session is of `ensembleLossModel`, the batch has weights. */
export function ensembleJudge(
  session: Session,
  { spec, batch, subsets }: MemberRows & { readonly spec: MlpSpec },
): (stacked: Float32Array) => Promise<number[]> {
  const data = feedsOf(batch, 0, rowsIn(batch))
  const longest = Math.max(...subsets.map(({ length }) => length))
  const affordable = Math.min(WORK_PER_CALL / (2 * workPerRow(spec)), MOST_ROWS_PER_CALL) / subsets.length
  const calls = Math.ceil(longest / Math.max(1, Math.floor(affordable)))
  const spare = rowsIn(batch) - 1

  return async (stacked) => {
    const totals = subsets.map(() => 0)
    for (let first = 0; first < calls; first++) {
      const { order } = interleave(subsets, calls, { first, end: first + 1, spare })
      const state = {
        parameters: { data: stacked, shape: [stacked.length] },
        order: { data: order, shape: [order.length] },
      }
      const sums = floats(await session.run({ ...data, ...state }), 'sums')
      for (const i of totals.keys()) totals[i]! += sums[i]! / subsets[i]!.length
    }
    return totals
  }
}
