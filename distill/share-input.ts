/** What share kinds are computed from. */
export interface ShareSize {
  /** Items asked about; 1 for counts. */
  readonly rows: number
  readonly classes: number
}

/** What a site computes a share from: the logits of its teacher, or of the student it measures. */
export interface ShareInput extends ShareSize {
  /** rows x classes, row-major. */
  readonly logits: Float32Array
  /** Class indices, for counts. */
  readonly labels?: Int32Array
  /** Logits are divided by it; 1 leaves predictions as they are. */
  readonly temperature: number
  /** Bound on |value|, for kinds that have one. */
  readonly clip: number
}
