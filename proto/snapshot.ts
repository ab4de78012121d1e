/**
 * What the dashboard shows: one JSON snapshot, sent whole over socket.io at every change (a few a second
 * at most). A page that reloads or reconnects needs nothing but the next snapshot.
 */
export type SiteEnrolment = 'invited' | 'pending' | 'approved' | 'revoked'
export type SiteActivity = 'idle' | 'training' | 'answering'
export type RunPhase =
  'asking' | 'summing' | 'distilling' | 'evaluating' | 'releasing' | 'released' | 'failed'

export interface SiteView {
  readonly site: string
  readonly enrolment: SiteEnrolment
  readonly connected: boolean
  readonly activity: SiteActivity
  /** One short line from the site, such as "training the teacher, epoch 12 of 60". */
  readonly note: string
  /** Of the activity, in [0, 1]. */
  readonly progress: number
  readonly trainingRows: number
  /** Questions of the current run this site has answered, and what it is doing with the open one. */
  readonly answered: number
  readonly bytesUp: number
  readonly bytesDown: number
}

export interface CurvePoint {
  readonly round: number
  /** 1-based, counted over all rounds. */
  readonly epoch: number
  readonly loss: number
  /** On the labelled hold-out, in [0, 1]; absent when there is none. */
  readonly accuracy?: number
  /** Likewise, where a number is predicted: its root mean squared error, in its own unit. */
  readonly rmse?: number
  /** Likewise, where several targets are predicted: the sum of their log-losses, in nats. */
  readonly nll?: number
}

export interface ArmView {
  readonly name: string
  readonly kind: 'student' | 'ensemble' | 'pooled' | 'no-distillation' | 'without-privacy' | 'teacher'
  /** Metric name to mean value; null where a metric is undefined. "angina accuracy" is that of one of several targets. */
  readonly metrics: Readonly<Record<string, number | null>>
}

export interface RunView {
  readonly run: string
  readonly phase: RunPhase
  readonly round: number
  readonly rounds: number
  readonly startedAtMs: number
  readonly endedAtMs?: number
  readonly roster: readonly string[]
  readonly question?: {
    readonly id: string
    readonly purpose: 'teach' | 'select' | 'evaluate'
    /** Transfer items, or the students that are measured. */
    readonly items: number
    readonly answered: readonly string[]
    readonly refused: readonly string[]
    readonly expiresAtMs: number
  }
  /** Questions that nobody was asked, because the sum of an earlier run answers them; absent when none. */
  readonly reused?: number
  /** Of settings, on public labels; absent where the run makes none. */
  readonly trials?: { readonly made: number; readonly of: number }
  readonly curve: readonly CurvePoint[]
  /** The table at the end; empty until the run is evaluated. */
  readonly arms: readonly ArmView[]
  readonly failure?: string
  /** Paths under the coordinator's address, once released. */
  readonly files: readonly { readonly name: string; readonly href: string; readonly bytes: number }[]
}

export interface Snapshot {
  readonly version: 1
  readonly atMs: number
  readonly federation: {
    readonly name: string
    readonly id: string
    readonly coordinatorFingerprint: string
    readonly classes: readonly string[]
    /** The names of several targets; empty where there is one. */
    readonly targets: readonly string[]
  }
  /** How answers are protected, in words: "answers are not masked". Shown on every screen. */
  readonly privacyNotice: string
  readonly sites: readonly SiteView[]
  /** The newest run, if any. */
  readonly run?: RunView
  readonly journal: {
    readonly sequence: number
    readonly hash: string
    readonly recent: readonly { readonly sequence: number; readonly atMs: number; readonly line: string }[]
  }
}
