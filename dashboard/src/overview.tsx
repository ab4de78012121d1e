import type { Snapshot } from '#proto/snapshot.ts'
import type { Api } from './api.ts'
import { Arms } from './arms.tsx'
import { Curves } from './curves.tsx'
import { Downloads } from './downloads.tsx'
import { Journal } from './journal.tsx'
import { Run } from './run.tsx'
import { Sites } from './sites.tsx'

interface OverviewProps {
  readonly snapshot: Snapshot
  readonly api: Api
  readonly clockOffsetMs: number
}

export function Overview({ snapshot, api, clockOffsetMs }: OverviewProps) {
  const { run, sites, journal, federation } = snapshot
  return (
    <main class="overview">
      <Run snapshot={snapshot} api={api} clockOffsetMs={clockOffsetMs} />
      {run && run.arms.length > 0 && <Arms arms={run.arms} />}
      {run && run.curve.length > 0 && <Curves curve={run.curve} />}
      <Sites sites={sites} run={run} api={api} />
      <Journal journal={journal} federation={federation} />
      {run && run.files.length > 0 && <Downloads files={run.files} api={api} />}
    </main>
  )
}
