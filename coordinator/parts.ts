/** What a coordinator is composed of; `main.ts` and the simulator fill it in. */
import type { Runtime } from '#engine/session/index.ts'
import type { Blobs, Clock, CoordinatorLink, Journal, Logger, SecureRandom } from '#federation/ports.ts'
import type { Identity } from '#privacy/identity.ts'
import type { Scratch } from './checkpoint.ts'
import type { FederationConfig } from './config.ts'
import type { ComparisonArms } from './evaluation.ts'
import type { FederationData } from './plan-run.ts'
import type { GateParts } from './release-gate.ts'

export interface CoordinatorParts {
  readonly config: FederationConfig
  readonly data: FederationData
  readonly identity: Identity
  readonly tokenHash: string
  readonly journal: Journal
  readonly blobs: Blobs
  /** Opened once the federation's id is known: a shared broker tells federations apart by it. */
  readonly openLinks: (federation: string) => readonly CoordinatorLink[]
  /** Addresses that invites carry. */
  readonly addresses: () => readonly string[]
  readonly runtime: Runtime
  /** Where a student's training is kept while it goes on; without it, a restart trains its round anew. */
  readonly scratch?: Scratch
  readonly clock: Clock
  readonly random: SecureRandom
  readonly log: Logger
  /** The sites' signed privacy reports, looked at before each release. */
  readonly siteReports?: GateParts['siteReports']
  /** Arms that only a simulation can measure, because it holds every site's data. */
  readonly comparison?: ComparisonArms
  /** Whether a student on the public labels alone is trained and measured too, where there are any; it is unless told. */
  readonly labelsAlone?: boolean
}
