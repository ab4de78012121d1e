/** What a benchmark tells: rows of measurements, peers beside them, and aims. */

export interface RowHead {
  readonly name: string
  /** Of ours, where there are several. */
  readonly runtime?: string
  readonly unit: string
  readonly threads: number
  /** What the row should reach, by peer; of "ours", the value itself. */
  readonly aims?: readonly Aim[]
}

export interface Row extends RowHead {
  readonly ours: number
  readonly peers: Readonly<Record<string, Peer>>
  /** What is told beside, as it is to be shown, by column. */
  readonly beside?: Readonly<Record<string, string>>
}

/** `ratio` above 1 says that ours is better. */
export type Peer = (Measured & { readonly ratio: number }) | Absent

export interface Measured {
  readonly value: number
  readonly version: string
  /** What a reader of the figure must know. */
  readonly note?: string
}
export interface Absent {
  readonly absent: string
}

/** A bound on the ratio to a peer, or on the row's own value where `of` is "ours". */
export interface Aim {
  readonly of: string
  readonly atLeast?: number
  readonly atMost?: number
  /** Of rows with so many threads alone. */
  readonly threads?: number
}

/** Whether a row reaches one of its aims. */
export interface Verdict extends Aim {
  readonly row: string
  readonly runtime?: string
  readonly threads: number
  /** The ratio, or the row's own value; null where the peer is absent. */
  readonly reached: number | null
  readonly met: boolean | null
}
