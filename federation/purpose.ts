/**
 * What a run asks sites for.
 *
 * To teach: what do you predict for these items? To select: how well does each of the candidate rules' students do on
 * rows of your own? To evaluate: how well does the finished student? The last two are one kind of question to a site,
 * which counts outcomes either way, and whose policy allows both or neither.
 */
import { z } from 'zod'

export const purposeSchema = z.enum(['teach', 'select', 'evaluate'])
export type Purpose = z.infer<typeof purposeSchema>

/** As the manifest says it. */
export const askedAs = (purpose: Purpose): 'teach' | 'evaluate' =>
  purpose === 'teach' ? 'teach' : 'evaluate'
