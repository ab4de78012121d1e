/** What every command has in common: `--json`, an example in its help, and a context for its action. */
import type { Command } from 'commander'
import { createOutput, type Output } from './output.ts'

export interface Context {
  readonly output: Output
  /** Aborted by the first Ctrl-C or SIGTERM; the second ends the process at once. */
  readonly interrupted: AbortSignal
}

/**
 * Gives a command its action. `run` receives the context, the options as commander parsed them, and the
 * arguments in order; `--json` is not among the options, as `context.output` speaks it.
 */
export function action(
  command: Command,
  example: string,
  run: (context: Context, options: never, ...args: string[]) => Promise<void>,
): void {
  command
    .option('--json', 'print JSON on stdout, and nothing else there')
    .addHelpText('after', `\nExample:\n${example.replace(/^/gm, '  $ ')}`)
    .action(async () => {
      const { json = false, ...options } = command.opts<{ json?: boolean }>()
      const output = createOutput({ json })
      const { signal, release } = interruption()
      try {
        // Commander's own option parsers made the types that the action declares.
        await run({ output, interrupted: signal }, options as never, ...(command.processedArgs as string[]))
      } finally {
        output.progress.stop()
        release()
      }
    })
}

function interruption(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController()
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  return {
    signal: controller.signal,
    release: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  }
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
