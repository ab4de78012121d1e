import { useState } from 'preact/hooks'
import { Prose } from './prose.tsx'

interface SignInProps {
  readonly refusal: { readonly message: string; readonly hint: string } | undefined
  readonly onToken: (token: string) => void
}

export function SignIn({ refusal, onToken }: SignInProps) {
  const [value, setValue] = useState('')
  const submit = (event: Event) => {
    event.preventDefault()
    if (value.trim() !== '') onToken(value.trim())
  }
  return (
    <main class="alone">
      <form class="card sign-in" onSubmit={submit}>
        <img src="./mark.svg" alt="" width={40} height={40} />
        <h1>Collegium</h1>
        <p class="quiet">
          Open the link that the coordinator printed when it started, or enter its operator token.
        </p>
        {refusal && (
          <p class="problem" role="alert" id="refusal">
            <strong>{refusal.message}</strong> <Prose text={refusal.hint} />
          </p>
        )}
        <label>
          Operator token
          <input
            type="password"
            autocomplete="off"
            spellcheck={false}
            autofocus
            required
            aria-describedby={refusal ? 'refusal' : undefined}
            value={value}
            onInput={(event) => setValue(event.currentTarget.value)}
          />
        </label>
        <button class="primary">Open the dashboard</button>
      </form>
    </main>
  )
}
