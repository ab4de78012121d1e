/** Wakes a loop before its time. A ring that comes while nobody waits is not lost. */
export interface Bell {
  ring(): void
  /** Resolves at the next ring, after `milliseconds`, or when aborted, whichever is first. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

export function createBell(): Bell {
  let rung = false
  let wake: (() => void) | undefined
  return {
    ring() {
      rung = true
      wake?.()
    },
    async wait(milliseconds, signal) {
      if (!rung && !signal.aborted)
        await new Promise<void>((resolve) => {
          const finish = () => {
            clearTimeout(timer)
            signal.removeEventListener('abort', finish)
            wake = undefined
            resolve()
          }
          const timer = setTimeout(finish, milliseconds)
          signal.addEventListener('abort', finish)
          wake = finish
        })
      rung = false
    },
  }
}
