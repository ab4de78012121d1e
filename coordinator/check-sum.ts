/** A last look at sums before they are believed: do their rows hold what the answers in them were dealt? */
import { siteNoiseOf } from '#federation/noise.ts'
import type { Blobs } from '#federation/ports.ts'
import { partsOf } from '#federation/share.ts'
import type { Question } from '#federation/state.ts'
import { asResidues } from '#privacy/fixed-point.ts'
import { requireRowSums } from '#privacy/poison/row-sums.ts'
import { decodeManifest } from '#proto/manifest.ts'
import { readSums } from './read-sums.ts'

/** Rejects with `SUM_INCONSISTENT` when a sum of probabilities cannot have come from answers on the simplex. */
export async function checkSum(blobs: Blobs, question: Question, sumHash: string): Promise<void> {
  const manifest = decodeManifest(Buffer.from(question.manifest, 'base64'))
  const { share, privacy } = manifest
  const rows = partsOf(share).filter(({ kind }) => kind.encoding === 'simplex')
  if (rows.length === 0 || !question.survivors?.length) return
  const part = siteNoiseOf(manifest)
  const scale = share.scale * (privacy.noise?.members ?? 1)
  for (const { words, sites } of await readSums(blobs, question, manifest, sumHash)) {
    const noise = part ? (Math.sqrt(sites) * part.numerator) / part.denominator : 0
    for (const { offset, length, outputs } of rows)
      requireRowSums(asResidues(words.subarray(offset, offset + length)), {
        classes: outputs.count,
        scale,
        sites,
        noise,
      })
  }
}
