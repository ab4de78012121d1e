/** What kinds have in common that give a value in [-clip, clip] for each output of each item. */
import { USUAL_SCALE, type ShareKind } from './kind.ts'

/** Another answer moves each value by at most `span` clips: 2, or 1 where the values have one sign. */
export const boundedValues = (span: 1 | 2) =>
  ({
    purpose: 'teach',
    encoding: 'bounded',
    scale: USUAL_SCALE,
    clip: 8,
    length: ({ rows, classes }) => rows * classes,
    largest: ({ clip }) => clip,
    sensitivity: ({ rows, classes }, clip) => ({
      unit: 'site',
      l1: span * clip * rows * classes,
      l2: span * clip * Math.sqrt(rows * classes),
    }),
  }) as const satisfies Omit<ShareKind, 'compute'>

/** The value in [-clip, clip] that is nearest. */
export const clipped = (value: number, clip: number): number => Math.max(-clip, Math.min(clip, value))
