import { expect, it } from 'vitest'
import { createBell } from './bell.ts'

const never = new AbortController().signal

it('wakes whoever waits, at a ring, at the time, or when aborted', async () => {
  const bell = createBell()
  const waiting = bell.wait(3_600_000, never)
  bell.ring()
  await waiting
  await bell.wait(1, never)
  const abort = new AbortController()
  const aborted = bell.wait(3_600_000, abort.signal)
  abort.abort()
  await aborted
  await expect(bell.wait(3_600_000, abort.signal)).resolves.toBeUndefined()
})

it('remembers one ring that nobody waited for', async () => {
  const bell = createBell()
  bell.ring()
  bell.ring()
  await bell.wait(3_600_000, never)
  let woken = false
  const second = bell.wait(3_600_000, never).then(() => (woken = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(woken).toBe(false)
  bell.ring()
  await second
})
