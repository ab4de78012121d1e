import { describe, expect, it } from 'vitest'
import { createPresences } from './presence.ts'

describe('presences', () => {
  it('keep a site connected while any of its connections lives', () => {
    const presences = createPresences(() => undefined)
    presences.greet('p1', 'north')
    presences.greet('p2', 'north')
    presences.gone('p1')
    expect(presences.of('north').connected).toBe(true)
    expect(presences.peersOf('north')).toEqual(['p2'])
    presences.gone('p2')
    expect(presences.of('north').connected).toBe(false)
    presences.gone('p2') // once more does no harm
  })

  it('let go of the site that a connection no longer speaks for', () => {
    const presences = createPresences(() => undefined)
    presences.greet('p1', 'north')
    presences.greet('p1', 'south')
    expect(presences.of('north').connected).toBe(false)
    expect(presences.of('south').connected).toBe(true)
    expect(presences.peersOf('north')).toEqual([])
  })

  it('tell of every change, and forget activity but not bytes when a site leaves', () => {
    let changes = 0
    const presences = createPresences(() => void changes++)
    presences.greet('p1', 'north')
    presences.report('north', { activity: 'training', note: 'epoch 3', progress: 0.3, trainingRows: 40 })
    presences.count('north', { up: 5, down: 7 })
    presences.gone('p1')
    expect(changes).toBe(4)
    expect(presences.of('north')).toMatchObject({ activity: 'idle', note: '', bytesUp: 5, bytesDown: 7 })
  })
})
