/** What a mistaken or hostile program may ask of the HTTP door: one sentence, its code, its status, and no trace. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { RunningCoordinator } from '#coordinator/main.ts'
import { errorTable, type ErrorCode } from '#proto/errors.ts'
import { smallFederation } from '../support/small-federation.ts'
import { sharedByTests } from '../support/temp-folder.ts'

let coordinator: RunningCoordinator
const { onEnd, folder } = sharedByTests()
beforeAll(async () => {
  const dir = await folder()
  const federation = await smallFederation(onEnd, dir)
  coordinator = await federation.startCoordinator()
  await federation.join(coordinator, 'north')
})

interface BadRequest {
  readonly name: string
  readonly route: string
  /** Posted, when there is one. */
  readonly body?: string
  /** The right one, unless given. */
  readonly token?: string
  readonly status: number
  readonly code: ErrorCode
}

const badRequests: readonly BadRequest[] = [
  { name: 'no token', route: 'snapshot', token: '', status: 401, code: 'TOKEN_WRONG' },
  { name: 'a wrong token', route: 'runs', token: 'guess', status: 401, code: 'TOKEN_WRONG' },
  { name: 'an unknown run', route: 'runs/run-9', status: 404, code: 'RUN_UNKNOWN' },
  { name: 'a name that is none', route: 'runs/..%2f', status: 400, code: 'CONFIG_INVALID' },
  { name: 'an unknown site', route: 'sites/nobody/approve', body: '{}', status: 403, code: 'SITE_UNKNOWN' },
  { name: 'a taken name', route: 'invites', body: '{"site":"north"}', status: 409, code: 'SITE_EXISTS' },
  { name: 'a wish out of range', route: 'runs', body: '{"rounds":0}', status: 400, code: 'CONFIG_INVALID' },
  { name: 'a wish nobody knows', route: 'runs', body: '{"turbo":1}', status: 400, code: 'CONFIG_INVALID' },
  { name: 'too few sites', route: 'runs', body: '{"threshold":2}', status: 409, code: 'RUN_NO_SITES' },
  { name: 'broken JSON', route: 'runs', body: '{', status: 400, code: 'USAGE' },
  { name: 'a huge body', route: 'runs', body: `"${'x'.repeat(100_000)}"`, status: 413, code: 'USAGE' },
  { name: 'a page that is none', route: 'nothing', status: 404, code: 'USAGE' },
]

describe('the HTTP door refuses', () => {
  for (const { name, route, body, token, status, code } of badRequests)
    it(`${name} (${status} ${code})`, async () => {
      const head = coordinator.core.head()
      const headers = { authorization: `Bearer ${token ?? coordinator.token}` }
      const posted = {
        method: 'POST',
        body: body ?? '',
        headers: { ...headers, 'content-type': 'application/json' },
      }
      const reply = await fetch(`${coordinator.url}/api/${route}`, body === undefined ? { headers } : posted)
      expect(reply.status).toBe(status)
      const sentence = expect.stringMatching(/^[^\n]+\.$/) as string
      expect(await reply.json()).toEqual({ error: { code, message: sentence, hint: errorTable[code].hint } })
      expect(coordinator.core.head()).toEqual(head)
      expect((await fetch(`${coordinator.url}/healthz`)).status).toBe(200)
    })
})

describe('what the HTTP door accepts', () => {
  it('can be read back after a restart, however oddly it was asked', async () => {
    const federation = await smallFederation()
    const before = await federation.startCoordinator()
    // A third of a second is no whole number of milliseconds.
    await before.operator.invite({ site: 'odd', ttlMinutes: 1 / 180, approve: false })
    const head = before.core.head()
    await before.close()
    expect((await federation.startCoordinator()).core.head()).toEqual(head)
  })
})
