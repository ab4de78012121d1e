import type { Snapshot } from '#proto/snapshot.ts'
import type { Link } from './use-feed.ts'

interface HeaderProps {
  readonly snapshot: Snapshot
  readonly link: Link
  readonly onSignOut: () => void
}

export function Header({ snapshot, link, onSignOut }: HeaderProps) {
  const { federation, privacyNotice } = snapshot
  const live = link.state === 'live'
  return (
    <header class="masthead">
      <img src="./mark.svg" alt="" width={36} height={36} />
      <div class="title">
        <h1>{federation.name}</h1>
        <p class="quiet">
          coordinator key{' '}
          <code title="Compare this over another channel with what your site shows when it joins.">
            {federation.coordinatorFingerprint}
          </code>
        </p>
      </div>
      <p class="notice" title="How what a site sends is protected from the coordinator.">
        <span class="sr-only">Privacy: </span>
        {privacyNotice}
      </p>
      <p class={`pill ${live ? 'good' : 'warn'}`} role="status">
        <i class="dot" aria-hidden="true" />
        {live ? 'live' : link.state === 'lost' ? 'reconnecting' : 'connecting'}
      </p>
      <button class="plain" onClick={onSignOut}>
        Sign out
      </button>
    </header>
  )
}
