import { expect, it } from 'vitest'
import { limits } from '#proto/limits.ts'
import { keepConnected, pauseBefore, type Connection } from './keep-connected.ts'

it('pauses up to a bound that doubles until the cap, and anywhere below it', () => {
  const base = limits.reconnectBaseMs.value
  expect([0, 1, 2, 3].map((retries) => pauseBefore(retries, 1))).toEqual([base, 2 * base, 4 * base, 8 * base])
  expect(pauseBefore(3, 0.5)).toBe(4 * base)
  expect(pauseBefore(3, 0)).toBe(0)
  expect(pauseBefore(2000, 1)).toBe(limits.reconnectCapMs.value)
})

it('closes a connection that comes about after it was closed', async () => {
  let arrive!: (late: Connection) => void
  const states: string[] = []
  const kept = keepConnected({
    where: 'somewhere',
    dial: () => new Promise<Connection>((connected) => (arrive = connected)),
    onState: (state) => states.push(state),
    random: () => 0,
  })
  const opening = kept.open().catch((error: unknown) => error)
  await kept.close()
  await new Promise<void>((close) => arrive({ gone: new Promise(() => undefined), close }))
  expect(await opening).toMatchObject({ code: 'LINK_LOST' })
  expect(states).toEqual([])
})

it('says how the last attempt failed when it gives up', async () => {
  const kept = keepConnected({
    where: 'nats://broker:4222',
    dial: () => Promise.reject(new Error('connection refused')),
    onState: () => undefined,
    random: () => 0.01,
    giveUpAfterMs: 20,
  })
  await expect(kept.open()).rejects.toMatchObject({
    code: 'LINK_UNREACHABLE',
    message: 'No coordinator can be reached at nats://broker:4222 (connection refused).',
  })
})
