/** Approval by hand: a question waits in the running site until somebody there has said yes, from any process. */
import { hex32Schema, type QuestionId } from '#federation/ids.ts'
import { ready } from '#privacy/crypto.ts'
import { CollegiumError } from '#proto/errors.ts'
import { requireMembership, siteFolder } from './folder.ts'

/**
 * Approves one question, by its whole id, of the site that lives in `dir`; a running site sees it at its next
 * visit. Rejects with `USAGE` for what is no id, and `CONFIG_INVALID` for a folder that has not joined.
 */
export async function approveQuestion(dir: string, question: QuestionId): Promise<{ site: string }> {
  if (!hex32Schema.safeParse(question).success)
    throw new CollegiumError('USAGE', `"${question}" is no question: its id has 64 hexadecimal digits.`)
  await ready
  const folder = siteFolder(dir)
  const membership = await requireMembership(folder, dir)
  await folder.approve(question)
  return { site: membership.site }
}
