import { describe, expect, it } from 'vitest'
import { parseSpec } from '#engine/spec.ts'
import { schedulesOf } from './plan-schedules.ts'

const student = parseSpec({ kind: 'mlp', inputs: 3, hidden: [], outputs: 3 })
const norm = { kind: 'layerNorm', name: 'a', width: 3 }
const normed = parseSpec({ kind: 'layers', inputs: 3, outputs: 3, layers: [norm] })

describe('the schedules of a plan', () => {
  it('are those that were wished for', () => {
    expect(schedulesOf({}, { loss: 'kd', student })).toEqual({})
    const wish = { temperatureSchedule: 'ctkd', alphaSchedule: 'linear:1:0' }
    expect(schedulesOf(wish, { loss: 'dkd', student })).toEqual({
      temperatureSchedule: { kind: 'ctkd' },
      alphaSchedule: { kind: 'linear', from: 1, to: 0 },
    })
  })

  it.each([
    ['logit-mse', student, /loss logit-mse is the same at every temperature/],
    ['annealing', student, /loss annealing is the same at every temperature/],
    ['nkd', student, /loss nkd grows with the temperature, whatever the student does, so that ctkd/],
    ['dist', student, /loss dist grows/],
    ['dist-intra', student, /loss dist-intra grows/],
    ['kd', normed, /does not end in one/],
  ] as const)('learn no temperature for %s where nothing could teach it', (loss, student, message) => {
    const planned = () => schedulesOf({ temperatureSchedule: 'ctkd' }, { loss, student })
    expect(planned).toThrow(expect.objectContaining({ code: 'USAGE' }))
    expect(planned).toThrow(message)
    expect(schedulesOf({ temperatureSchedule: 'cwsm:1' }, { loss, student })).toBeTruthy()
  })

  it('learn no temperature among losses that are searched', () => {
    const wish = { temperatureSchedule: 'ctkd', tune: 3 }
    expect(() => schedulesOf(wish, { loss: 'kd', student })).toThrow('leave --tune out')
  })
})
