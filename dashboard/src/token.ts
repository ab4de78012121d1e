/**
 * Where the operator's token lives in the page: in this tab's session storage, never in the address bar.
 *
 * The link that the coordinator prints carries it in the fragment (`#token=…`), which browsers do not send
 * to any server; it is moved out of the address and of the history before anything else happens.
 */
const key = 'collegium-operator-token'

export function takeToken(): string | undefined {
  const fromLink = new URLSearchParams(location.hash.slice(1)).get('token')
  if (fromLink) {
    history.replaceState(null, '', location.pathname + location.search)
    keepToken(fromLink)
    return fromLink
  }
  return sessionStorage.getItem(key) ?? undefined
}

export const keepToken = (token: string): void => sessionStorage.setItem(key, token)
export const forgetToken = (): void => sessionStorage.removeItem(key)
