import { describe, expect, it } from 'vitest'
import { itemsOf } from '#proto/items.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { repeated } from './repeats.ts'
import { emptySiteState, type Outcome, type SealedAnswer, type SiteState } from './site-state.ts'

const hex = (digit: string) => digit.repeat(64)
const [TEACHER, DATA, ITEMS, STUDENT] = [hex('1'), hex('2'), hex('3'), hex('4')]

const answer: SealedAnswer = {
  run: 'run-1',
  purpose: 'teach',
  shareHash: hex('5'),
  shareKind: 'probabilities',
  items: 10,
  subjectHash: ITEMS,
  firstRow: 20,
  teacher: TEACHER,
  dataset: DATA,
  mode: 'masked',
  sealedAt: 1,
}

const site = (outcome: Partial<SealedAnswer> & Pick<Outcome, 'status'>, teacher = TEACHER): SiteState => ({
  ...emptySiteState,
  teacher: {
    networkHash: hex('6'),
    key: teacher,
    dataHash: DATA,
    schemaHash: hex('7'),
    classes: 2,
    rows: 80,
    validationRows: 20,
  },
  questions: { [hex('8')]: { ...answer, ...outcome } as Outcome },
})

const question = (change: Partial<QuestionManifest> = {}): QuestionManifest => ({
  version: 1,
  federation: hex('f'),
  run: 'run-2',
  round: 0,
  purpose: 'teach',
  roster: [{ site: 'north', publicKey: hex('9') }],
  studentHashes: [],
  revoked: [],
  threshold: 1,
  share: {
    kind: 'probabilities',
    rows: 10,
    outputs: 2,
    length: 20,
    scale: 65_536,
    clip: 0,
    temperature: 1,
    heads: [],
  },
  transfer: { hash: ITEMS, format: 'csv', rows: 100, firstRow: 20, rowCount: 10 },
  schemaHash: hex('7'),
  privacy: { mode: 'masked', campaign: 10 },
  openedAtMs: 1,
  expiresAtMs: 2,
  nonce: 3,
  ...change,
})
const items = (firstRow: number, rowCount: number, hash = ITEMS) =>
  question({ transfer: { hash, format: 'csv', rows: 100, firstRow, rowCount } })
const { transfer: _, ...about } = question()
const measuring = (...studentHashes: string[]): QuestionManifest => ({
  ...about,
  purpose: 'evaluate',
  studentHashes,
})

const code = (state: SiteState, manifest: QuestionManifest) => repeated(state, manifest)?.code

describe('a masked question', () => {
  it('about any item that this teacher has answered about is refused', () => {
    const state = site({ status: 'acknowledged' })
    // Answered: rows 20 to 29.
    expect(code(state, items(20, 10))).toBe('QUERY_REPEATED')
    expect(code(state, items(0, 21))).toBe('QUERY_REPEATED') // shares row 20
    expect(code(state, items(29, 50))).toBe('QUERY_REPEATED') // shares row 29
    expect(code(state, items(0, 100))).toBe('QUERY_REPEATED')
    expect(code(state, items(25, 1))).toBe('QUERY_REPEATED')
    expect(code(state, items(0, 20))).toBeUndefined()
    expect(code(state, items(30, 70))).toBeUndefined()
    expect(code(state, items(20, 10, hex('a')))).toBeUndefined() // of another file
  })

  it('about rows between those that were answered is new, and about any of them is not', () => {
    const about = (...rows: number[]) =>
      question({ transfer: { hash: ITEMS, format: 'csv', rows: 100, ...itemsOf(rows) } })
    // Answered: rows 20, 22 and 24.
    const { firstRow, rowCount, bitmap } = itemsOf([20, 22, 24])
    const state = site({ status: 'acknowledged', firstRow, items: rowCount, bitmap: bitmap! })
    expect(code(state, about(21, 23, 25))).toBeUndefined()
    expect(code(state, about(21, 24, 27))).toBe('QUERY_REPEATED')
    expect(code(state, items(23, 1))).toBeUndefined()
    expect(code(state, items(23, 2))).toBe('QUERY_REPEATED')
    // A slice was answered: rows 20 to 29.
    expect(code(site({ status: 'acknowledged' }), about(10, 20, 40))).toBe('QUERY_REPEATED')
    expect(code(site({ status: 'acknowledged' }), about(19, 30))).toBeUndefined()
  })

  it.each<[string, Partial<QuestionManifest>]>([
    ['another kind of share', { share: { ...question().share, kind: 'log-probabilities', clip: 8 } }],
    ['a softer temperature', { share: { ...question().share, temperature: 4 } }],
    ['a larger roster', { roster: ['a', 'b', 'c'].map((site) => ({ site, publicKey: hex('b') })) }],
    ['the name of the same run', { run: 'run-1' }],
    ['something for the teacher to learn first', { digest: { hash: hex('d'), epochs: 5 } }],
  ])('is the same query with %s', (_name, change) => {
    expect(code(site({ status: 'acknowledged' }), question(change))).toBe('QUERY_REPEATED')
  })

  it.each(['sealed', 'acknowledged', 'voided'] as const)('counts an answer that is %s', (status) => {
    expect(code(site({ status }), question())).toBe('QUERY_REPEATED')
    expect(code(site({ status, mode: 'plain' }), question())).toBe('QUERY_REPEATED')
  })

  it('is new to a teacher that has been trained anew, and after a refusal', () => {
    expect(code(site({ status: 'acknowledged' }, hex('c')), question())).toBeUndefined()
    expect(code(site({ status: 'declined' }), question())).toBeUndefined()
    expect(code(site({ status: 'entered' }), question())).toBeUndefined()
  })

  it('to measure a student is refused where the same data have measured it, whatever the teacher', () => {
    const measured = { purpose: 'evaluate', subjectHash: STUDENT, firstRow: 0 }
    for (const teacher of [TEACHER, hex('c')])
      expect(code(site({ status: 'voided', ...measured }, teacher), measuring(STUDENT))).toBe(
        'QUERY_REPEATED',
      )
    expect(code(site({ status: 'voided', ...measured }), measuring(hex('d')))).toBeUndefined()
    expect(code(site({ status: 'voided', ...measured }), measuring(hex('d'), STUDENT))).toBe('QUERY_REPEATED')
    const several = { ...measured, subjectHash: hex('5'), furtherSubjects: [hex('6'), STUDENT] }
    expect(code(site({ status: 'voided', ...several }), measuring(STUDENT))).toBe('QUERY_REPEATED')
    expect(code(site({ status: 'voided', ...several }), measuring(hex('d')))).toBeUndefined()
    const otherData = { ...measured, dataset: hex('e') }
    expect(code(site({ status: 'voided', ...otherData }), measuring(STUDENT))).toBeUndefined()
  })
})

it('a plain question may be asked again', () => {
  const plain = question({ privacy: { mode: 'plain', campaign: 10 } })
  expect(code(site({ status: 'acknowledged' }), plain)).toBeUndefined()
})
