/** Giving the coordinator another key, between runs: questions are signed by one key, and so are all of a run's. */
import { CollegiumError } from '#proto/errors.ts'
import type { Fact } from './events.ts'
import { requireRotation, type KeyRotation } from './key-rotation.ts'
import { coordinatorKeyOf, isOver, latestRun, siteByKey, type FederationState } from './state.ts'

/**
 * Nothing when it has happened already. Throws `CONFIG_INVALID` before the federation is founded, `KEY_FILE_INVALID`
 * for a rotation of another key, `RUN_ACTIVE`, `KEY_REVOKED` and `SITE_EXISTS` for a key that was or is somebody's, and
 * `SIGNATURE_INVALID`.
 */
export function rotateCoordinator(state: FederationState, rotation: KeyRotation): Fact[] {
  const present = coordinatorKeyOf(state)
  if (!state.founded || present === undefined)
    throw new CollegiumError(
      'CONFIG_INVALID',
      'This coordinator has never started: no site knows its key yet.',
    )
  if (present === rotation.publicKey) return []
  if (present !== rotation.oldKey)
    throw new CollegiumError('KEY_FILE_INVALID', 'This is not the key that the federation knows.')
  const run = latestRun(state)
  if (run && !isOver(run)) throw new CollegiumError('RUN_ACTIVE', `${run.run} is under way.`)
  if (state.revokedKeys.includes(rotation.publicKey))
    throw new CollegiumError('KEY_REVOKED', 'The new key was replaced or revoked before.')
  if (siteByKey(state, rotation.publicKey))
    throw new CollegiumError('SITE_EXISTS', 'The new key is that of a site.')
  requireRotation(rotation, state.founded.federation)
  return [{ type: 'coordinator-key-rotated', ...rotation }]
}
