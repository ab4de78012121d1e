import { useMemo, useState } from 'preact/hooks'
import { createApi } from './api.ts'
import { Header } from './header.tsx'
import { Overview } from './overview.tsx'
import { SignIn } from './sign-in.tsx'
import { forgetToken, keepToken, takeToken } from './token.ts'
import { useFeed } from './use-feed.ts'
import { clock } from './format.ts'

/** The whole page: a sign-in without a valid token, otherwise whatever the newest snapshot says. */
export function App() {
  const [token, setToken] = useState(takeToken)
  const feed = useFeed(token)
  const api = useMemo(() => createApi(token ?? ''), [token])
  const { link, snapshot } = feed

  if (token === undefined || link.state === 'refused') {
    const signIn = (token: string) => {
      keepToken(token)
      setToken(token)
    }
    return <SignIn refusal={link.state === 'refused' ? link : undefined} onToken={signIn} />
  }
  const signOut = () => {
    forgetToken()
    location.reload()
  }
  if (snapshot === undefined) {
    return (
      <main class="alone">
        <p class="quiet" role="status">
          Connecting to the coordinator…
        </p>
      </main>
    )
  }
  return (
    <>
      <Header snapshot={snapshot} link={link} onSignOut={signOut} />
      {link.state === 'lost' && (
        <p class="banner" role="alert">
          The connection to the coordinator is lost; this is its state at {clock(link.sinceMs)}. Reconnecting…
        </p>
      )}
      <Overview snapshot={snapshot} api={api} clockOffsetMs={feed.clockOffsetMs} />
    </>
  )
}
