/**
 * The coordinator's real door (HTTP, headers, files, feed) in front of a scripted federation: a test says
 * what has happened, and sees what the operator did.
 */
import { createServer } from 'node:http'
import { attachDashboardFeed } from '#coordinator/dashboard-feed.ts'
import { createHttp, listen, type Operator } from '#coordinator/http.ts'
import { createSocketServer } from '#link/sockets.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { Snapshot } from '#proto/snapshot.ts'

export const operatorToken = 'a-token-for-tests'

export interface ScriptedCoordinator {
  readonly url: string
  readonly port: number
  /** What the operator did through the page, such as "approve cedar". */
  readonly deeds: readonly string[]
  show(snapshot: Snapshot): void
  /** The next deed is refused with this error. */
  refuse(error: CollegiumError): void
  stop(): Promise<void>
}

export async function startScriptedCoordinator(
  dashboardDir: string,
  first: Snapshot,
  port = 0,
): Promise<ScriptedCoordinator> {
  let snapshot = first
  let refusal: CollegiumError | undefined
  const listeners = new Set<() => void>()
  const deeds: string[] = []

  const deed = async (words: string): Promise<void> => {
    const error = refusal
    refusal = undefined
    if (error) throw error
    deeds.push(words)
  }
  const notScripted = async (): Promise<never> => {
    throw new CollegiumError('NOT_AVAILABLE', 'The script does not include this.')
  }
  const verifyToken = (token: string) => token === operatorToken
  const operator: Operator = {
    verifyToken,
    snapshot: () => snapshot,
    invite: notScripted,
    approve: (site) => deed(`approve ${site}`),
    revoke: (site) => deed(`revoke ${site}`),
    startRun: async () => {
      await deed('run started')
      return { run: 'run-1' }
    },
    runs: () => [],
    run: () => {
      throw new CollegiumError('RUN_UNKNOWN', 'No such run.')
    },
    report: notScripted,
    file: async (run, name) => new TextEncoder().encode(`${run} ${name}`),
    blob: notScripted,
    metrics: notScripted,
  }

  const server = createServer()
  const io = createSocketServer(server)
  const app = await createHttp(operator, { server, dashboardDir })
  attachDashboardFeed(
    io,
    {
      verify: verifyToken,
      snapshot: () => snapshot,
      onChange: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    { minIntervalMs: 10 },
  )
  const boundPort = await listen(app, '127.0.0.1', port)

  return {
    url: `http://127.0.0.1:${boundPort}`,
    port: boundPort,
    deeds,
    show: (next) => {
      snapshot = next
      for (const listener of listeners) listener()
    },
    refuse: (error) => {
      refusal = error
    },
    stop: async () => {
      await io.close()
      await app.close()
    },
  }
}
