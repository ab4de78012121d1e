/** The coordinator's Prometheus metrics, read from state and presence when scraped. */
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client'
import type { Snapshot } from '#proto/snapshot.ts'

export function createMetrics(snapshot: () => Snapshot): () => Promise<string> {
  const register = new Registry()
  collectDefaultMetrics({ register, prefix: 'collegium_' })
  const gauge = (name: string, help: string, read: (snapshot: Snapshot) => number) =>
    new Gauge({
      name: `collegium_${name}`,
      help,
      registers: [register],
      collect() {
        this.set(read(snapshot()))
      },
    })
  const total = (read: (site: Snapshot['sites'][number]) => number) => (now: Snapshot) =>
    now.sites.reduce((sum, site) => sum + read(site), 0)
  gauge('journal_records', 'Records in the journal.', (now) => now.journal.sequence)
  gauge(
    'sites_approved',
    'Approved sites.',
    total((site) => Number(site.enrolment === 'approved')),
  )
  gauge(
    'sites_connected',
    'Connected sites.',
    total((site) => Number(site.connected)),
  )
  gauge(
    'bytes_received',
    'Bytes of frames received from sites since the start.',
    total((site) => site.bytesUp),
  )
  gauge(
    'bytes_sent',
    'Bytes of frames sent to sites since the start.',
    total((site) => site.bytesDown),
  )
  gauge('run_active', '1 while a run is under way.', ({ run }) =>
    Number(run !== undefined && run.phase !== 'released' && run.phase !== 'failed'),
  )
  gauge('question_answers', 'Answers to the open question.', ({ run }) => run?.question?.answered.length ?? 0)
  return () => register.metrics()
}
