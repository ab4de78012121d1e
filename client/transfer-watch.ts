/** Tells a site, in its own log, how well each transfer set it answered about stands for its rows. */
import { coverageText, transferCoverage } from '#distill/transfer/coverage.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import type { Runtime } from '#engine/session/index.ts'
import type { Logger } from '#federation/ports.ts'

export interface TransferWatch {
  /** Takes note of a set that was answered about; returns at once. */
  saw(transferHash: string, transfer: Dataset): void
  /** Measures the set seen last, unless that was done: seconds of work, for when nobody waits. Rejects as training does. */
  tell(): Promise<void>
}

export interface TransferWatchParts {
  readonly runtime: Runtime
  /** The rows that the teacher learnt from, once there are any. */
  readonly training: () => Dataset | undefined
  readonly log: Logger
}

export function createTransferWatch({ runtime, training, log }: TransferWatchParts): TransferWatch {
  let told = ''
  let seen: { readonly transferHash: string; readonly transfer: Dataset } | undefined
  return {
    saw(transferHash, transfer) {
      if (transferHash !== told) seen = { transferHash, transfer }
    },
    async tell() {
      const own = training()
      if (!seen || !own) return
      const { transferHash, transfer } = seen
      seen = undefined
      told = transferHash
      const coverage = await transferCoverage(runtime, own, transfer)
      if (coverage) log.info({ transfer: transferHash.slice(0, 12), ...coverage }, coverageText(coverage))
    },
  }
}
