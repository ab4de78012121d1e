/** The head that a dataset's target needs (heads/head.ts says what one is). */
import type { Dataset } from '#engine/data/dataset.ts'
import { categoricalHead } from './heads/categorical.ts'
import { gaussianHead } from './heads/gaussian.ts'
import type { Head } from './heads/head.ts'
import { multilabelHead } from './heads/multilabel.ts'
import { severalHeads } from './heads/several.ts'

export type { Head } from './heads/head.ts'

export function headOf({ heads, ...only }: HeadFacts): Head {
  if (heads) return severalHeads(heads.map(({ name, ...target }) => ({ name, head: headOf(target) })))
  const { standard, multilabel, classes } = only
  if (standard) return gaussianHead(standard)
  return multilabel ? multilabelHead(classes.length) : categoricalHead(classes.length)
}

type HeadFacts = Pick<Dataset, 'standard' | 'multilabel' | 'classes' | 'heads'>
