/** What a site is doing, for its own screen and for the coordinator's. */
import type { SiteActivity, SiteEnrolment } from '#proto/snapshot.ts'

export interface SiteStatus {
  readonly connected: boolean
  readonly enrolment: Exclude<SiteEnrolment, 'invited'> | 'unknown'
  readonly activity: SiteActivity
  /** One short line: "training the teacher, epoch 12 of 60". */
  readonly note: string
  /** Of the activity, in [0, 1]. */
  readonly progress: number
  /** Rows the teacher learns from. */
  readonly trainingRows: number
}

export interface StatusBoard {
  current(): SiteStatus
  update(change: Partial<SiteStatus>): void
}

export function createStatusBoard(onStatus: (status: SiteStatus) => void = () => undefined): StatusBoard {
  let status: SiteStatus = {
    connected: false,
    enrolment: 'unknown',
    activity: 'idle',
    note: 'connecting',
    progress: 0,
    trainingRows: 0,
  }
  return {
    current: () => status,
    update(change) {
      status = { ...status, ...change }
      onStatus(status)
    },
  }
}
