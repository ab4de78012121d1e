/** What share kinds are computed from. */
import type { Depth } from '#engine/embeddings.ts'

export interface ShareSize {
  /** Items asked about; of a share of counts, the students that are measured. */
  readonly rows: number
  /** Of each row's logits: the classes or labels, or 2 of a number. */
  readonly classes: number
}

/** What a teacher sees of the rows: rows x `width`, row-major. */
export interface Embeddings {
  readonly data: Float32Array
  readonly width: number
}

/** What a teacher tells of how it sees the rows, beside what it predicts. */
export interface Sights extends Pick<ShareInput, 'attention'> {
  /** At each depth that is asked for. */
  readonly embeddings?: Partial<Readonly<Record<Depth, Embeddings>>>
}

/** What a site computes a share from: the logits of its teacher, or of the student it measures. */
export interface ShareInput extends ShareSize {
  /** rows x classes, row-major. */
  readonly logits: Float32Array
  /** Of the teacher, at the kind's depth, for kinds that say how items lie to each other. */
  readonly embeddings?: Embeddings
  /** Of the teacher, for kinds that say where it looks: rows x 49. */
  readonly attention?: Float32Array
  /** Class indices: of the private rows for counts, of the items where they are public; -1 where unknown. */
  readonly labels?: Int32Array
  /** Standardised numbers of the private rows, for counts. */
  readonly values?: Float32Array
  /** rows x labels of the private rows, for counts: 1 yes, -1 no, 0 not known. */
  readonly marks?: Float32Array
  /** The fraction of the site's training rows in each class, for kinds that weigh classes. */
  readonly classFrequencies?: ArrayLike<number>
  /** A gate's weight for each row, for kinds that weigh rows. */
  readonly weights?: ArrayLike<number>
  /** Logits are divided by it; 1 leaves predictions as they are. */
  readonly temperature: number
  /** Bound on |value|, for kinds that have one. */
  readonly clip: number
}
