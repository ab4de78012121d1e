import { describe, expect, it } from 'vitest'
import { epsilonOf } from '#privacy/accounting/epsilon.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { costOf, planNoise, siteNoiseOf } from './noise.ts'
import { doubtPromise } from './promise.ts'
import { emptySiteState, type Outcome, type SiteState } from './site-state.ts'

const hex = (digit: string) => digit.repeat(64)
const promise = { epsilon: 3, delta: 1e-6, unit: 'record' }
const run = { sites: 10, threshold: 7, members: 50, classes: 10, items: 1000, scale: 1024 }
const noise = planNoise(promise, run)

const question: QuestionManifest = {
  version: 1,
  federation: hex('f'),
  run: 'run-1',
  round: 0,
  purpose: 'teach',
  roster: Array.from({ length: 10 }, (_, i) => ({ site: `site-${i}`, publicKey: hex(String(i)) })),
  studentHashes: [],
  revoked: [],
  threshold: 7,
  share: {
    kind: 'probabilities',
    rows: 500,
    outputs: 10,
    length: 5000,
    scale: 1024,
    clip: 0,
    temperature: 1,
    heads: [],
  },
  transfer: { hash: hex('a'), format: 'csv', rows: 1000, firstRow: 0, rowCount: 500 },
  schemaHash: hex('5'),
  privacy: { mode: 'pate', campaign: 1000, promise, noise },
  openedAtMs: 1,
  expiresAtMs: 2,
  nonce: 1,
}

type Teacher = NonNullable<SiteState['teacher']>
const site = (protection: Teacher['protection'], questions: readonly Outcome[] = []): SiteState => ({
  ...emptySiteState,
  teacher: {
    networkHash: hex('1'),
    key: hex('2'),
    dataHash: hex('3'),
    schemaHash: hex('5'),
    classes: 10,
    rows: 6000,
    validationRows: 0,
    ...(protection && { protection }),
  },
  questions: Object.fromEntries(questions.map((outcome, i) => [hex(String(i)), outcome])),
})
const pate = { mode: 'pate', unit: 'record', members: 50 } as const
const training = { kind: 'sampledGaussian', samplingRate: 0.05, noiseMultiplier: 2, count: 400 } as const
const dpsgd = { mode: 'dpsgd', unit: 'record', epsilon: 2.5, delta: 1e-6, training } as const
const answered = (items: number, manifest = question): Outcome => ({
  status: 'acknowledged',
  run: 'run-1',
  purpose: 'teach',
  shareHash: hex('0'),
  shareKind: 'probabilities',
  subjectHash: hex('a'),
  firstRow: 0,
  teacher: hex('1'),
  dataset: hex('2'),
  mode: 'pate',
  items,
  sealedAt: 0,
  charge: costOf(manifest)!,
})

const withNoise = (change: Partial<typeof noise>): Partial<QuestionManifest> => ({
  privacy: { ...question.privacy, noise: { ...noise, ...change } },
})
const doubt = (change: Partial<QuestionManifest>, state = site(pate), maximum = 3) =>
  doubtPromise(maximum, state, { ...question, ...change })

describe('the noise of a run', () => {
  // Privacy notes section 7: sigma_sum = 69.04 for epsilon 3, delta 1e-6 and 1,000 questions.
  it('is what the reference asks for', () => {
    expect(noise.stdDev).toBeCloseTo(69.04, 1)
    expect(noise.colluders).toBe(2)
  })

  it('costs what the coordinator claims, by the accountant of the site', () => {
    const { epsilon } = epsilonOf([{ ...costOf(question)!, count: 1000 }], 1e-6)
    expect(epsilon).toBeLessThanOrEqual(3 * (1 + 1e-9))
    expect(epsilon).toBeGreaterThan(2.999)
  })

  // 69.04^2 * 1024^2 / (7 - 2): each of ten sites; at the threshold of 7, of whom 2 tell, 5 parts are left.
  it('keeps its variance when as many drop out, and as many tell their part, as may', () => {
    const { numerator, denominator } = siteNoiseOf(question)!
    const unknown = (7 - 2) * (numerator / denominator / 1024) ** 2
    expect(unknown).toBeGreaterThanOrEqual(noise.stdDev ** 2)
    expect(unknown).toBeLessThan(noise.stdDev ** 2 * 1.001)
  })
})

describe('a promise that a site believes', () => {
  it('is one that its own accountant confirms', () => expect(doubt({})).toBeUndefined())
  it('may be kept by the teacher alone', () => {
    const privacy = { mode: 'dpsgd', campaign: 1000, promise }
    expect(doubt({ privacy }, site(dpsgd))).toBeUndefined()
  })
  it('holds for the second half as for the first', () => {
    expect(doubt({}, site(pate, [answered(500)]))).toBeUndefined()
  })
  it('is not looked for in a question that makes none', () => {
    expect(doubt({ privacy: { mode: 'masked', campaign: 1000 } }, site(undefined))).toBeUndefined()
  })
})

describe('a promise that a site does not believe', () => {
  it.each<[string, Partial<QuestionManifest>, RegExp, SiteState?]>([
    ['claims less than the noise costs', withNoise({ stdDev: noise.stdDev / 2 }), /may cost 6\.\d/],
    ['counts fewer items than it asks for', { privacy: { ...question.privacy, campaign: 499 } }, /499 items/],
    ['counts on colluders that are too few', withNoise({ colluders: 1 }), /expects up to 2 colluding/],
    ['counts on other sub-teachers', withNoise({ members: 51 }), /has 50 sub-teachers/],
    ['adds less than two grid units', withNoise({ stdDev: 0.001 }), /at least 2/],
    // 10 * 50 * 2^22 = 2.1e9 alone; with the noise it is past 2^31 = 2.147e9.
    [
      'could wrap around',
      { share: { ...question.share, scale: 2 ** 22 } },
      /words hold less than 2\^31|cannot be sampled/,
    ],
    ['asks for more than it counted', {}, /answered 1000 of the 1000/, site(pate, [answered(1000)])],
    [
      'changes its noise on the way',
      {},
      /changes its noise/,
      site(pate, [answered(500, { ...question, ...withNoise({ stdDev: noise.stdDev * 2 }) })]),
    ],
    ['asks a teacher that cannot keep it', {}, /not of that kind/, site(undefined)],
    ['asks a teacher of the other kind', {}, /not of that kind/, site(dpsgd)],
    ['is about another unit', {}, /protects each patient/, site({ ...pate, unit: 'patient' })],
    [
      'leaves too large a delta',
      { privacy: { ...question.privacy, promise: { ...promise, delta: 2e-5 } } },
      /1\/\(10 rows\)/,
    ],
    [
      'is made for a share that noise does not cover',
      { share: { ...question.share, kind: 'log-probabilities', clip: 8 } },
      /add up to one/,
    ],
    [
      'comes with a share of private rows',
      { share: { ...question.share, kind: 'density-ratio' } },
      /density-ratio reads private rows/,
    ],
    [
      'is made for one share and asks for two',
      { share: { ...question.share, kind: 'probabilities+entropy-weighted' } },
      /add up to one/,
    ],
    [
      'is made for one share and asks for two that noise covers each by itself',
      { share: { ...question.share, kind: 'probabilities+votes' } },
      /add up to one/,
    ],
    ['comes with counts', { purpose: 'evaluate' }, /carry no noise/],
    ['has no noise', { privacy: { mode: 'pate', campaign: 1000, promise } }, /do not fit/],
    ['has no promise', { privacy: { mode: 'pate', campaign: 1000, noise } }, /do not fit/],
    ['hides in another mode', { privacy: { mode: 'masked', campaign: 1000, noise } }, /do not fit/],
  ])('%s', (_name, change, reason, state) => {
    expect(doubt(change, state)?.reason).toMatch(reason)
  })

  it('is larger than its policy allows', () => {
    expect(doubt({}, site(pate), 2.9)).toMatchObject({ code: 'POLICY_REFUSED' })
  })

  it('is smaller than the teacher can keep', () => {
    const privacy = { mode: 'dpsgd', campaign: 1000, promise: { ...promise, epsilon: 2 } }
    expect(doubt({ privacy }, site(dpsgd))?.reason).toMatch(/trained with 2\.5/)
  })
})
