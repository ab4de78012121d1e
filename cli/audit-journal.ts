/** What `collegium journal verify` does: reads a journal from a folder or an export, and audits it. */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { createAudit, type Audit, type BlobOf, type Findings } from '#federation/journal-audit.ts'
import { siteEventSchema } from '#federation/site-events.ts'
import type { JournalHead, JournalRecord } from '#federation/ports.ts'
import { createSiteAudit, type SiteFindings } from '#federation/site-journal-audit.ts'
import { ready } from '#privacy/crypto.ts'
import { CollegiumError, errorCodeOf } from '#proto/errors.ts'
import { verifyChain } from '#store/chain.ts'
import { readFileBlob } from '#store/file-blobs.ts'
import { readExport, type ExportedRecord } from '#store/journal-export.ts'
import { readLmdbJournal } from '#store/lmdb-journal.ts'
import { eventOf } from './journal-lines.ts'

export interface Audited {
  readonly head: JournalHead
  /** Undefined for a site's journal. */
  readonly findings?: Findings
  /** Undefined for a coordinator's journal. */
  readonly site?: SiteFindings
  holds(head: JournalHead): boolean
  /** What a site committed to with an answer; undefined where it did not, and in a site's journal. */
  commitmentOf: Audit['commitmentOf']
}

export interface AuditOptions {
  readonly blobs?: boolean
  /** Sees each record that holds. */
  readonly onRecord?: (record: JournalRecord) => void
}

/**
 * Audits the journal of a folder, a coordinator's or a site's, or of an exported file. With `blobs` the
 * envelopes in the folder's blobs are checked too; those in an export always are. Rejects with
 * `JOURNAL_CORRUPT` at the first record that is not true, and with `CONFIG_UNREADABLE`.
 */
export async function auditJournal(from: string, options: AuditOptions = {}): Promise<Audited> {
  const { blobs = false, onRecord } = options
  await ready
  const isFile = await stat(from).then(
    (found) => found.isFile(),
    () => false,
  )
  const records = isFile ? readExport(from) : readLmdbJournal(path.join(from, 'journal'))
  const blobOf = (record: JournalRecord | ExportedRecord): BlobOf => {
    if ('blobs' in record) return (name) => Promise.resolve(record.blobs.get(name))
    return blobs ? (name) => readFileBlob(path.join(from, 'blobs'), name) : () => Promise.resolve(undefined)
  }

  const site = createSiteAudit()
  const coordinator: Audit = createAudit()
  let isSite = false
  const head = await verifyChain(records, (record) => {
    if (record.sequence === 1) isSite = siteEventSchema.safeParse(eventOf(record)).success
    onRecord?.(record)
    return isSite ? site.admit(record) : coordinator.admit(record, blobOf(record))
  })
  return isSite
    ? { head, site: site.findings(), holds: () => false, commitmentOf: () => undefined }
    : {
        head,
        findings: coordinator.findings(),
        holds: (seen) => coordinator.holds(seen),
        commitmentOf: (subject) => coordinator.commitmentOf(subject),
      }
}

/**
 * Compares a coordinator's journal with what a site's journal says of it; resolves with how many heads the
 * site saw. Rejects with `HISTORY_REWRITTEN` at the first that is not in the coordinator's.
 */
export async function compareWith(witness: string, audited: Audited): Promise<number> {
  const { findings } = audited
  const { site } = await auditJournal(witness)
  if (!site || !findings)
    throw new CollegiumError('USAGE', "--witness takes a site's journal, to compare a coordinator's with.")
  if (site.federation !== findings.federation)
    throw new CollegiumError('FEDERATION_MISMATCH', `"${site.site}" belongs to another federation.`)
  const missing = site.heads.find((head) => !audited.holds(head))
  if (missing)
    throw new CollegiumError(
      'HISTORY_REWRITTEN',
      `"${site.site}" saw another record ${missing.sequence} than this journal has.`,
    )
  return site.heads.length
}

/** The envelopes that a record names, for an export; those that the folder no longer has are left out. */
export async function envelopesOf(folder: string, record: JournalRecord): Promise<Uint8Array[]> {
  const event = eventOf(record)
  const name =
    typeof event === 'object' && event !== null && 'envelopeHash' in event
      ? String(event.envelopeHash)
      : undefined
  if (name === undefined) return []
  try {
    return [await readFileBlob(path.join(folder, 'blobs'), name)]
  } catch (error) {
    if (errorCodeOf(error) === 'BLOB_NOT_FOUND') return []
    throw error
  }
}
