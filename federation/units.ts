/** Units of privacy: whose whole contribution may be there or not without anybody being able to tell. */

/** A row of the data; all rows of a person; everything of a site. */
export const units = ['record', 'patient', 'site'] as const
export type Unit = (typeof units)[number]
