/** The head that a dataset's target needs (heads/head.ts says what one is). */
import type { Dataset } from '#engine/data/dataset.ts'
import { categoricalHead } from './heads/categorical.ts'
import { gaussianHead } from './heads/gaussian.ts'
import type { Head } from './heads/head.ts'

export type { Head } from './heads/head.ts'

export const headOf = ({ standard, classes }: Pick<Dataset, 'standard' | 'classes'>): Head =>
  standard ? gaussianHead(standard) : categoricalHead(classes.length)
