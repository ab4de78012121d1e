/** What a site says it promises its people, in the terms in which NIST SP 800-226 asks that it be said. */
import { z } from 'zod'

export const privacyClaimSchema = z
  .strictObject({
    /** How answers leave, such as "plain", "masked", or a mechanism with its parameters. */
    mode: z.string().min(1).max(100),
    /** Whose presence is hidden, such as "a patient at this site". */
    unit: z.string().min(1).max(200),
    /** Which data sets are neighbours, such as "one patient's rows replaced". */
    neighbours: z.string().min(1).max(200),
    /** null: no differential privacy is claimed. */
    epsilon: z.number().min(0).nullable(),
    delta: z.number().min(0).max(1).nullable(),
    /** How epsilon was added up over the questions. */
    accountant: z.string().max(200).nullable(),
    /** Teaching items answered so far under this claim. */
    questions: z.int().min(0),
    assumptions: z.array(z.string().min(1).max(500)).max(50),
  })
  .refine(
    ({ epsilon, delta, accountant }) =>
      new Set([epsilon, delta, accountant].map((part) => part === null)).size === 1,
    {
      error: 'epsilon, delta and accountant are given together or not at all',
    },
  )

export type PrivacyClaim = z.infer<typeof privacyClaimSchema>
