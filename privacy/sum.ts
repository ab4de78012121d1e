/** The sum of plain answers; those under masks are added up in secagg/reveal.ts. */
import { PrivacyError } from './errors.ts'
import { asResidues, type Residue32 } from './fixed-point.ts'

export interface PlainSum {
  /** Throws `SHARE_LENGTH`, or `ALREADY_ANSWERED` when this site has added a vector before. */
  add(site: string, words: Residue32): void
  reveal(): Residue32
}

/** Adds modulo 2^32; the order of sites does not matter. */
export function createPlainSum(length: number): PlainSum {
  const sum = new Uint32Array(length)
  const added = new Set<string>()
  return {
    add(site, words) {
      if (added.has(site)) throw new PrivacyError('ALREADY_ANSWERED', `"${site}" is in this sum already.`)
      if (words.length !== length)
        throw new PrivacyError(
          'SHARE_LENGTH',
          `The share of "${site}" has ${words.length} words instead of ${length}.`,
        )
      added.add(site)
      for (let i = 0; i < length; i++) sum[i] = (sum[i] as number) + (words[i] as number)
    },
    reveal: () => asResidues(sum.slice()),
  }
}
