import { describe, expect, it } from 'vitest'
import { CollegiumError, describeError, errorCodeOf, errorTable } from './errors.ts'

const exits = [2, 3, 4, 5, 6, 7, 8, 9, 10, 70]

describe('the error table', () => {
  it.each(Object.entries(errorTable))(
    '%s has an exit status of its group, an HTTP error and advice',
    (code, row) => {
      expect(code).toMatch(/^[A-Z][A-Z0-9_]{0,59}$/)
      expect(exits).toContain(row.exit)
      expect(row.http).toBeGreaterThanOrEqual(400)
      expect(row.http).toBeLessThan(600)
      expect(row.hint).toMatch(/^[A-Z].{5,}\.$/)
    },
  )
})

describe('an error told to others', () => {
  it('says its code, its sentence and what to do', () => {
    const error = new CollegiumError('SITE_UNKNOWN', 'Nobody knows "north".')
    expect(describeError(error)).toEqual({
      code: 'SITE_UNKNOWN',
      message: 'Nobody knows "north".',
      hint: errorTable.SITE_UNKNOWN.hint,
    })
  })

  it('of a layer that has its own class counts by its code', () => {
    expect(errorCodeOf(Object.assign(new Error('x'), { code: 'SHARE_RANGE' }))).toBe('SHARE_RANGE')
    expect(errorCodeOf(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBeUndefined()
    expect(errorCodeOf({ code: 'SHARE_RANGE' })).toBeUndefined()
    expect(errorCodeOf(Object.assign(new Error('x'), { code: 'toString' }))).toBeUndefined()
  })

  it('that was not expected gives nothing away', () => {
    const described = describeError(new Error('password=hunter2 at /home/me'))
    expect(described.code).toBe('INTERNAL')
    expect(JSON.stringify(described)).not.toContain('hunter2')
  })
})
