/**
 * What simulated sites keep when one federation is over and the next begins with the same rows and settings: their
 * teachers, and what they worked out about the transfer set. A site answers about an item once, so rules are compared
 * in a federation each; teachers, which take longest, need not be trained again for that.
 */
import type { SideInputs } from '#client/share-values.ts'
import type { Blobs, Journal } from '#federation/ports.ts'
import { decodeSiteEvent } from '#federation/site-events.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { openMemoryJournal } from '#store/memory-journal.ts'

/** By name of the site. */
export type KeptSites = Map<string, KeptSite>

interface KeptSite {
  readonly blobs: Blobs
  /** The records of its journal that tell which of the blobs is its teacher. */
  readonly teacher: readonly Uint8Array[]
  readonly sideInputs: SideInputs
}

/** A site's storage as a federation begins: empty, but for what it kept. */
export async function openKept(kept: KeptSite | undefined) {
  const journal = await openMemoryJournal()
  if (kept) await journal.append(kept.teacher)
  return {
    journal,
    blobs: kept?.blobs ?? (await openMemoryBlobs()),
    ...(kept && { sideInputs: kept.sideInputs }),
  }
}

/** What the site takes with it as the federation ends. */
export async function keepOf(journal: Journal, blobs: Blobs, sideInputs: SideInputs): Promise<KeptSite> {
  const teacher: Uint8Array[] = []
  for await (const { bytes, sequence } of journal.read())
    if (decodeSiteEvent(bytes, sequence).type === 'teacher-ready') teacher.push(bytes)
  return { blobs, teacher, sideInputs }
}
