/**
 * Whether this site's journal has been set back.
 *
 * A folder restored from an old backup has forgotten answers: it would answer queries twice and spend its budget
 * again. Each answer tells the coordinator where the site's journal ends, and the coordinator tells back the
 * newest end it has seen. A journal that does not hold that very record is older, or another one. The coordinator
 * cannot make a site answer by this, only make it stop; one that says nothing hides a rollback, so whoever
 * restores a folder has to know that backups of it age with every answer.
 */
import type { Objection } from '#federation/objection.ts'
import type { JournalHead } from '#federation/ports.ts'
import type { SiteCore } from './core.ts'

/** The objection to everything, `LEDGER_ROLLBACK`, when the coordinator has seen what this journal does not hold. */
export async function rollbackOf(
  core: Pick<SiteCore, 'head' | 'holds'>,
  seen: JournalHead | undefined,
): Promise<Objection | undefined> {
  if (!seen || (await core.holds(seen))) return undefined
  const { sequence } = core.head()
  const how = sequence < seen.sequence ? `ends at record ${sequence}` : 'has another record there'
  return {
    code: 'LEDGER_ROLLBACK',
    reason: `An answer of this site came with record ${seen.sequence} of its journal, and the journal here ${how}: it was set back.`,
  }
}
