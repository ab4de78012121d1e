/** Adds up the survivors' answers to one plain question; secure-sums.ts does those that are masked. */
import type { Blobs } from '#federation/ports.ts'
import { unpackShare } from '#federation/share.ts'
import type { Question } from '#federation/state.ts'
import { wordBitsOf } from '#federation/word-width.ts'
import { decodeManifest } from '#proto/manifest.ts'
import { wordsToBytes } from '#privacy/fixed-point.ts'
import { reduceWords } from '#privacy/packing.ts'
import { createPlainSum } from '#privacy/sum.ts'

/** Stores the sum and returns its hash: the same survivors give the same bytes, whenever it is done. */
export async function sumAnswers(blobs: Blobs, question: Question): Promise<string> {
  const { share } = decodeManifest(Buffer.from(question.manifest, 'base64'))
  const sum = createPlainSum(share.length)
  for (const site of question.survivors ?? []) {
    const hash = question.answers[site]?.shareHash
    if (hash !== undefined) sum.add(site, unpackShare(share, await blobs.get(hash)))
  }
  return blobs.put(wordsToBytes(reduceWords(sum.reveal(), wordBitsOf(share))))
}
