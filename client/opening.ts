/** What opens the commitment of an answer that left under masks, for an auditor whom the site trusts. */
import { openingOf, type Opening } from '#federation/opening.ts'
import { ready } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import { readFileBlob } from '#store/file-blobs.ts'
import { siteFolder } from './folder.ts'
import { readSiteState } from './site-journal.ts'

/**
 * The opening of one answer of the site that lives in `dir`, which may be running. `question` is an id or the
 * beginning of one. Rejects with `QUESTION_UNKNOWN` where this site gave no masked answer to it, and with
 * `BLOB_NOT_FOUND` or `BLOB_CORRUPT` where what it kept is gone.
 */
export async function openAnswer(dir: string, question: string): Promise<Opening> {
  await ready
  const { journal, blobs } = siteFolder(dir)
  const state = await readSiteState(journal)
  const found = Object.entries(state.questions).filter(([id]) => id.startsWith(question))
  const [id, outcome] = found.length === 1 ? found[0]! : []
  const openingHash = outcome && 'openingHash' in outcome ? outcome.openingHash : undefined
  if (id === undefined || openingHash === undefined)
    throw new CollegiumError(
      'QUESTION_UNKNOWN',
      `This site has given no masked answer, or more than one, to a question "${question}".`,
    )
  const site = state.joined?.site ?? ''
  return openingOf({ question: id, site }, await readFileBlob(blobs, openingHash))
}
