import { useState } from 'preact/hooks'
import type { ComponentChildren } from 'preact'

interface ActionButtonProps {
  readonly children: ComponentChildren
  /** For screen readers, when the visible words alone do not say what is acted on. */
  readonly label?: string
  readonly primary?: boolean
  /** Asks once more with these words before acting. */
  readonly confirm?: string
  readonly act: () => Promise<void>
}

/** A button that does one thing on the coordinator: asks if it must, shows that it works, says what failed. */
export function ActionButton({ children, label, primary, confirm, act }: ActionButtonProps) {
  const [state, setState] = useState<'ready' | 'asking' | 'busy'>('ready')
  const [problem, setProblem] = useState<string>()

  const click = () => {
    if (confirm !== undefined && state !== 'asking') return setState('asking')
    setState('busy')
    setProblem(undefined)
    act()
      .catch((error: Error) => setProblem(error.message))
      .finally(() => setState('ready'))
  }
  return (
    <span class="action">
      <button
        class={state === 'asking' ? 'danger' : primary ? 'primary' : 'plain'}
        aria-label={state === 'asking' ? undefined : label}
        disabled={state === 'busy'}
        onClick={click}
        onBlur={() => setState((state) => (state === 'asking' ? 'ready' : state))}
        onKeyDown={(event) => event.key === 'Escape' && setState('ready')}
      >
        {state === 'asking' ? confirm : children}
      </button>
      {problem !== undefined && (
        <span class="problem" role="alert">
          {problem}
        </span>
      )}
    </span>
  )
}
