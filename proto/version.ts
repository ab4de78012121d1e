/** Which wire versions this build speaks. */
import { CollegiumError } from './errors.ts'

export const WIRE_VERSION = 1

/** The newest version both ends speak; throws `VERSION_UNSUPPORTED` when there is none. */
export function negotiateVersion(min: number, max: number): number {
  if (min <= WIRE_VERSION && WIRE_VERSION <= max) return WIRE_VERSION
  throw new CollegiumError(
    'VERSION_UNSUPPORTED',
    `The other end speaks wire versions ${min} to ${max}; this one speaks ${WIRE_VERSION}.`,
  )
}
