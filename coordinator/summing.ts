/** Adds up the survivors' answers to one plain question; secure-sums.ts does those that are masked. */
import type { Blobs } from '#federation/ports.ts'
import type { Question } from '#federation/state.ts'
import { decodeManifest } from '#proto/manifest.ts'
import { bytesToWords, wordsToBytes } from '#privacy/fixed-point.ts'
import { createPlainSum } from '#privacy/sum.ts'

/** Stores the sum and returns its hash: the same survivors give the same bytes, whenever it is done. */
export async function sumAnswers(blobs: Blobs, question: Question): Promise<string> {
  const { share } = decodeManifest(Buffer.from(question.manifest, 'base64'))
  const sum = createPlainSum(share.length)
  for (const site of question.survivors ?? []) {
    const hash = question.answers[site]?.shareHash
    if (hash !== undefined) sum.add(site, bytesToWords(await blobs.get(hash)))
  }
  return blobs.put(wordsToBytes(sum.reveal()))
}
