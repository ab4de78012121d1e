import type { RunView, SiteView } from '#proto/snapshot.ts'
import { ActionButton } from './action-button.tsx'
import type { Api } from './api.ts'
import { bytes, count, many } from './format.ts'
import { ProgressBar } from './progress-bar.tsx'

interface SitesProps {
  readonly sites: readonly SiteView[]
  readonly run: RunView | undefined
  readonly api: Api
}

export function Sites({ sites, run, api }: SitesProps) {
  if (sites.length === 0) {
    return (
      <section class="card wide empty" aria-labelledby="sites-title">
        <h2 id="sites-title">No sites yet</h2>
        <p class="quiet">
          Invite one with <code>collegium invite --site NAME</code>; its organisation joins with{' '}
          <code>collegium client join INVITE</code>.
        </p>
      </section>
    )
  }
  const connected = sites.filter((site) => site.connected).length
  return (
    <section class="card wide" aria-labelledby="sites-title">
      <div class="card-head">
        <h2 id="sites-title">Sites</h2>
        <p class="quiet">{`${many(sites.length, 'site')}, ${count(connected)} connected`}</p>
      </div>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="sites-title">
        <table class="sites">
          <thead>
            <tr>
              <th scope="col">Site</th>
              <th scope="col">State</th>
              <th scope="col">Activity</th>
              <th scope="col" class="number">
                Training rows
              </th>
              <th scope="col" class="number">
                Answered
              </th>
              <th scope="col" class="number">
                Sent
              </th>
              <th scope="col" class="number">
                Received
              </th>
              <th scope="col">
                <span class="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sites.map((site) => (
              <SiteRow
                key={site.site}
                site={site}
                asked={run?.roster.includes(site.site) ?? false}
                api={api}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function SiteRow({ site, asked, api }: { site: SiteView; asked: boolean; api: Api }) {
  const act = (verb: 'approve' | 'revoke') => () =>
    api.post(`/api/sites/${encodeURIComponent(site.site)}/${verb}`)
  const { tone, words } = standing(site)
  const connected = words === 'connected'
  return (
    <tr>
      <th scope="row">{site.site}</th>
      <td>
        <span class={`pill ${tone}`}>
          <i class="dot" aria-hidden="true" />
          {words}
        </span>
      </td>
      <td class="activity">
        {connected && site.activity !== 'idle' && (
          <ProgressBar value={site.progress} label={`${site.site}: ${site.activity}`} />
        )}
        <span class="quiet">{site.note || (connected ? site.activity : '')}</span>
      </td>
      <td class="number">{site.trainingRows > 0 ? count(site.trainingRows) : '–'}</td>
      <td class="number">{asked ? site.answered : '–'}</td>
      <td class="number">{bytes(site.bytesUp)}</td>
      <td class="number">{bytes(site.bytesDown)}</td>
      <td class="actions">
        {site.enrolment === 'pending' && (
          <ActionButton primary label={`Approve ${site.site}`} act={act('approve')}>
            Approve
          </ActionButton>
        )}
        {(site.enrolment === 'pending' || site.enrolment === 'approved') && (
          <ActionButton label={`Revoke ${site.site}`} confirm={`Revoke ${site.site}?`} act={act('revoke')}>
            Revoke
          </ActionButton>
        )}
      </td>
    </tr>
  )
}

const standings = {
  invited: { tone: 'off', words: 'invited' },
  pending: { tone: 'warn', words: 'pending' },
  revoked: { tone: 'bad', words: 'revoked' },
  connected: { tone: 'good', words: 'connected' },
  away: { tone: 'off', words: 'away' },
} as const

const standing = ({ enrolment, connected }: SiteView) =>
  standings[enrolment !== 'approved' ? enrolment : connected ? 'connected' : 'away']
