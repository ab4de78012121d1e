import { beforeAll, describe, expect, it } from 'vitest'
import { ready as cryptoReady } from '#privacy/crypto.ts'
import { keyIdOf } from '#privacy/identity.ts'
import type { QuestionManifest } from '#proto/manifest.ts'
import { checkQuestion, policySchema, privacyNotice, rowsThatFit, type SitePolicy } from './policy.ts'
import { emptySiteState, type Outcome, type SiteState } from './site-state.ts'

beforeAll(() => cryptoReady)

const hex = (digit: string) => digit.repeat(64)
const NOW = 1_000_000
const DAY = 86_400_000

const ready: SiteState = {
  ...emptySiteState,
  joined: { federation: hex('f'), coordinatorKey: hex('c'), site: 'north', publicKey: hex('1') },
  teacher: {
    networkHash: hex('2'),
    key: hex('3'),
    dataHash: hex('4'),
    schemaHash: hex('5'),
    classes: 3,
    rows: 80,
    validationRows: 20,
  },
}

/** Ten items of three classes: a share of 30 words. */
const question: QuestionManifest = {
  version: 1,
  federation: hex('f'),
  run: 'run-1',
  round: 0,
  purpose: 'teach',
  roster: [
    { site: 'north', publicKey: hex('1') },
    { site: 'south', publicKey: hex('8') },
    { site: 'west', publicKey: hex('9') },
  ],
  threshold: 2,
  share: {
    kind: 'probabilities',
    rows: 10,
    outputs: 3,
    length: 30,
    scale: 65_536,
    clip: 0,
    temperature: 1,
    heads: [],
  },
  transfer: { hash: hex('a'), format: 'csv', rows: 40, firstRow: 10, rowCount: 10 },
  schemaHash: hex('5'),
  privacy: { mode: 'plain', campaign: 40 },
  openedAtMs: NOW - 10,
  expiresAtMs: NOW + 10,
  nonce: 1,
  studentHashes: [],
  revoked: [],
  journalHead: { sequence: 7, hash: hex('e') },
}

/** Twelve sites in groups of four, under masks. */
const twelveByGroup: Partial<QuestionManifest> = {
  roster: [
    ...question.roster,
    ...Array.from({ length: 9 }, (_, i) => ({ site: `x${i}`, publicKey: `${i}d`.repeat(32) })),
  ],
  threshold: 9,
  privacy: { mode: 'masked', campaign: 40 },
  groups: { smallest: 4 },
}

/** 3 x 3 confusions, 3 x 15 calibration bins, 3 sums: 57 words. */
const { transfer: _items, ...about } = question
const measure: QuestionManifest = {
  ...about,
  purpose: 'evaluate',
  studentHashes: [hex('b')],
  share: {
    kind: 'evaluation-counts',
    rows: 1,
    outputs: 3,
    length: 57,
    scale: 256,
    clip: 0,
    temperature: 1,
    heads: [],
  },
}

const generous = policySchema.parse({ privacyModes: ['masked', 'plain'] })
const check = (
  change: Partial<QuestionManifest>,
  policy: Partial<SitePolicy> = {},
  state: SiteState = ready,
) => checkQuestion({ ...generous, ...policy }, state, { ...question, ...change }, NOW)
const share = (change: Partial<QuestionManifest['share']>) => ({ share: { ...question.share, ...change } })

const answered = (count: number, sealedAt: number, run = 'run-1'): SiteState => ({
  ...ready,
  questions: Object.fromEntries(
    Array.from({ length: count }, (_, index): [string, Outcome] => [
      index.toString(16).padStart(64, '0'),
      {
        status: 'acknowledged',
        run,
        purpose: 'teach',
        shareHash: hex('0'),
        shareKind: 'probabilities',
        items: 10,
        subjectHash: hex('7'),
        firstRow: 0,
        teacher: hex('3'),
        dataset: hex('4'),
        mode: 'plain',
        sealedAt,
      },
    ]),
  ),
})

describe('a question that makes sense and is allowed', () => {
  it('is answered', () => {
    expect(check({})).toBeUndefined()
    expect(check({ ...measure })).toBeDefined() // the items of `question` are still there
    expect(checkQuestion(generous, ready, measure, NOW)).toBeUndefined()
    expect(check({ digest: { hash: hex('d'), epochs: 50 } })).toBeUndefined()
  })
})

describe('a question about several students', () => {
  const two = { ...measure, studentHashes: [hex('b'), hex('c')] }

  it('asks for the counts of each, and is answered', () => {
    const share = { ...measure.share, rows: 2, length: 2 * 57 }
    expect(checkQuestion(generous, ready, { ...two, share }, NOW)).toBeUndefined()
  })

  it.each([
    [{}, '1 rows for 2 students'],
    [{ rows: 2 }, '114 words, not 57'],
  ])('is refused with a share of another size: %o', (change, why) => {
    const objection = checkQuestion(generous, ready, { ...two, share: { ...measure.share, ...change } }, NOW)
    expect(objection).toMatchObject({ code: 'MANIFEST_INVALID' })
    expect(objection?.reason).toContain(why)
  })
})

describe('a question that is not for us', () => {
  it.each<[string, Partial<QuestionManifest>, string]>([
    ['another federation', { federation: hex('e') }, 'FEDERATION_MISMATCH'],
    ['we are not in the roster', { roster: question.roster.slice(1) }, 'QUESTION_NOT_FOR_SITE'],
    [
      'our name with another key',
      { roster: [{ site: 'north', publicKey: hex('7') }, ...question.roster.slice(1)] },
      'MANIFEST_INVALID',
    ],
    ['it expires this very millisecond', { expiresAtMs: NOW }, 'QUESTION_CLOSED'],
  ])('%s', (_name, change, code) => {
    expect(check(change)).toMatchObject({ code })
  })

  it('before we have joined, or have a teacher', () => {
    const { joined: _joined, ...alone } = ready
    expect(check({}, {}, alone)).toMatchObject({ code: 'QUESTION_NOT_FOR_SITE' })
    const { teacher: _teacher, ...unready } = ready
    expect(check({}, {}, unready)).toMatchObject({ code: 'MANIFEST_INVALID' })
  })
})

describe('a question that makes no sense', () => {
  it.each<[string, Partial<QuestionManifest>, RegExp]>([
    ['another schema', { schemaHash: hex('6') }, /schema/],
    ['other classes', share({ outputs: 4, length: 40 }), /4 outputs; the schema has 3/],
    ['unknown share', share({ kind: 'gradients' }), /"gradients" is unknown/],
    ['kinds in another order', share({ kind: 'log-probabilities+probabilities' }), /is unknown/],
    ['kinds of two purposes', share({ kind: 'probabilities+evaluation-counts' }), /cannot ask for/],
    [
      'two kinds in the length of one',
      share({ kind: 'probabilities+log-probabilities' }),
      /60 words, not 30/,
    ],
    ['groups of a roster too small for three', { groups: { smallest: 4 } }, /3 groups of 4 sites/],
    ['a name that every object has', share({ kind: 'constructor' }), /"constructor" is unknown/],
    ['counts to teach', share({ kind: 'evaluation-counts' }), /cannot ask for/],
    ['probabilities to evaluate', { purpose: 'evaluate' }, /cannot ask for/],
    ['an unknown purpose', { purpose: 'listen' }, /cannot ask for/],
    ['more rows than items', share({ rows: 11 }), /11 rows for 10 items/],
    ['a length of its own', share({ length: 31 }), /30 words, not 31/],
    ['unbounded logits', share({ kind: 'log-probabilities', clip: 0 }), /needs a bound/],
    // 3 sites x 1.0 x scale must stay below 2^31 = 2147483648: 715827882 does, 715827883 does not.
    ['a scale that wraps', share({ scale: 715_827_883 }), /wrap around/],
    // The largest value of the kinds together is 8: eight times less room.
    [
      'a scale that wraps in one of its kinds',
      share({ kind: 'probabilities+log-probabilities', length: 60, clip: 0, scale: 89_478_486 }),
      /wrap around/,
    ],
    // 3 sites x 255 units = 765 takes ten bits; with a sign, 3 x 8 x 15 = 360 takes nine and one more.
    ['words too narrow for the sum', share({ scale: 255, wordBits: 9 }), /could wrap around 9 bits/],
    [
      'words with no room for the sign',
      share({ kind: 'log-probabilities', clip: 8, scale: 15, wordBits: 9 }),
      /wrap around 9/,
    ],
    [
      'the largest values under masks',
      { ...share({ top: 2 }), privacy: { mode: 'masked', campaign: 40 } },
      /Only plain answers can leave small values out/,
    ],
    [
      'the largest values of logits',
      share({ kind: 'log-probabilities', clip: 8, top: 2 }),
      /not of log-probabilities/,
    ],
    [
      'narrow words under noise',
      {
        ...share({ wordBits: 24 }),
        privacy: { mode: 'pate', campaign: 40, noise: { stdDev: 1, members: 2, colluders: 0 } },
      },
      /Noise takes words of 32 bits, not 24/,
    ],
  ])('%s', (_name, change, reason) => {
    const objection = check(change)
    expect(objection).toMatchObject({ code: 'MANIFEST_INVALID' })
    expect(objection?.reason).toMatch(reason)
  })

  it('at the largest scale that does not wrap, it does', () => {
    expect(check(share({ scale: 715_827_882 }))).toBeUndefined()
    expect(check(share({ scale: 255, wordBits: 10 }))).toBeUndefined()
    expect(check(share({ kind: 'log-probabilities', clip: 8, scale: 15, wordBits: 10 }))).toBeUndefined()
  })
})

describe('a question about several targets', () => {
  /** Ten items; two classes, a number, and three labels: a share of 10 x (2 + 2 + 3) words. */
  const several = {
    ...question.share,
    kind: 'probabilities;gaussian-moments;label-probabilities',
    outputs: 7,
    length: 70,
    heads: [2, 2, 3],
  }
  const state = { ...ready, teacher: { ...ready.teacher!, classes: 7 } }
  const asked = (change: Partial<typeof several>, policy: Partial<SitePolicy> = {}) =>
    check({ share: { ...several, ...change } }, policy, state)

  it('is answered', () => {
    expect(asked({})).toBeUndefined()
    const counts = { kind: 'evaluation-counts;regression-counts;label-counts', rows: 1, scale: 4096 }
    // Of two classes 4 + 45 + 3 and two histograms of 64; seven sums; of three labels what two classes have.
    const share = { ...several, ...counts, length: 180 + 7 + 3 * 180 }
    expect(checkQuestion(generous, state, { ...measure, share }, NOW)).toBeUndefined()
  })

  it.each<[string, Partial<typeof several>, RegExp]>([
    ['outputs that do not add up', { heads: [2, 2, 2] }, /heads have 6 outputs together, not 7/],
    ['outputs of too many', { heads: [2, 2, 3, 1] }, /shares of 3 targets and names the outputs of 4/],
    ['outputs of none', { heads: [] }, /shares of 3 targets and names the outputs of 1/],
    ['kinds of too few', { kind: 'probabilities;votes' }, /shares of 2 targets .* outputs of 3/],
    ['an unknown kind', { kind: 'probabilities;votes;loud' }, /"probabilities;votes;loud" is unknown/],
    ['widths in another order', { heads: [3, 2, 2], kind: 'histogram;votes;votes' }, /words, not 70/],
    ['a part of another purpose', { kind: 'votes;votes;label-counts' }, /cannot ask for/],
    // A second moment is 64 at most: 3 sites x 64 x scale must stay below 2^31, so below 11184810.67.
    ['a scale that wraps in its number alone', { scale: 11_184_811 }, /wrap around/],
  ])('is refused with %s', (_name, change, reason) => {
    const objection = asked(change)
    expect(objection).toMatchObject({ code: 'MANIFEST_INVALID' })
    expect(objection?.reason).toMatch(reason)
  })

  it('is refused by a policy that forbids what it asks for one of them', () => {
    expect(asked({ scale: 11_184_810 })).toBeUndefined()
    const shares: SitePolicy['shares'] = ['probabilities', 'label-probabilities']
    expect(asked({}, { shares })?.reason).toMatch(/does not allow gaussian-moments/)
  })
})

describe('a question that the policy forbids', () => {
  it.each<[string, Partial<QuestionManifest>, Partial<SitePolicy>, RegExp]>([
    ['a privacy mode', { privacy: { mode: 'trust-me', campaign: 40 } }, {}, /privacy mode "trust-me"/],
    ['plain answers', {}, { privacyModes: [] }, /privacy mode "plain"/],
    [
      'a low threshold for masks',
      { privacy: { mode: 'masked', campaign: 40 } },
      {},
      /3 sites to need 3 of them; this one takes 2/,
    ],
    ['a purpose', {}, { purposes: ['evaluate'] }, /questions to teach/],
    ['a share', {}, { shares: ['log-probabilities'] }, /does not allow probabilities/],
    [
      'a part of a share',
      share({ kind: 'probabilities+log-probabilities', length: 60, clip: 0 }),
      { shares: ['probabilities'] },
      /does not allow log-probabilities/,
    ],
    [
      'an early depth of relations',
      // 64 items of three classes, and a block of 64 x 63 / 2 pairs at each depth.
      {
        ...share({
          kind: 'probabilities+gram-blocks+gram-blocks-third',
          rows: 64,
          length: 192 + 2 * 2016,
          clip: 0,
        }),
        transfer: { hash: hex('a'), format: 'csv', rows: 64, firstRow: 0, rowCount: 64 },
      },
      { shares: ['probabilities', 'gram-blocks'] },
      /does not allow gram-blocks-third/,
    ],
    ['a small roster', {}, { minimumSites: 4 }, /at least 4 sites in a roster; this one has 3/],
    [
      'small groups of a large roster',
      twelveByGroup,
      { minimumSites: 5 },
      /at least 5 sites in a group; this one has 4/,
    ],
    ['a low threshold in groups', twelveByGroup, { minimumThreshold: 4 }, /at least 4 answers .* takes 3/],
    ['a low threshold', {}, { minimumThreshold: 3 }, /at least 3 answers in a sum; this question takes 2/],
    [
      'more learning from others than it lets its teacher have',
      { digest: { hash: hex('d'), epochs: 6 } },
      { maximumDigestEpochs: 5 },
      /learn 5 epochs .* this question wants 6/,
    ],
  ])('%s', (_name, change, policy, reason) => {
    const objection = check(change, policy)
    expect(objection).toMatchObject({ code: 'POLICY_REFUSED' })
    expect(objection?.reason).toMatch(reason)
  })

  it('counts the answers of a run', () => {
    const policy = { maximumQuestionsPerRun: 2 }
    expect(check({}, policy, answered(1, 0))).toBeUndefined()
    expect(check({}, policy, answered(2, 0))).toMatchObject({ code: 'POLICY_REFUSED' })
    expect(check({}, policy, answered(2, 0, 'run-2'))).toBeUndefined()
  })

  it('counts the answers of 24 hours', () => {
    const policy = { maximumQuestionsPerDay: 2 }
    const later = (state: SiteState, now: number) =>
      checkQuestion({ ...generous, ...policy }, state, { ...question, expiresAtMs: now + 1 }, now)
    expect(later(answered(2, NOW), NOW)).toMatchObject({ code: 'POLICY_REFUSED' })
    expect(later(answered(2, NOW), NOW + DAY - 1)).toMatchObject({ code: 'POLICY_REFUSED' })
    expect(later(answered(2, NOW), NOW + DAY)).toBeUndefined()
  })

  it('needs rows to measure a student on', () => {
    const none = { ...ready, teacher: { ...ready.teacher!, validationRows: 0 } }
    expect(checkQuestion(generous, none, measure, NOW)).toMatchObject({ code: 'POLICY_REFUSED' })
    expect(check({}, {}, none)).toBeUndefined()
  })
})

describe('the rows that fit into 32 bits', () => {
  it('are all, until the sum of likelihoods could wrap', () => {
    // A row adds at most 16 nats: 3 sites x 16 x 256 x rows < 2^31 gives rows < 174762.67.
    expect(rowsThatFit(measure, 20)).toBe(20)
    expect(rowsThatFit(measure, 174_762)).toBe(174_762)
    expect(rowsThatFit(measure, 174_763)).toBe(174_762)
    expect(rowsThatFit(measure, 10_000_000)).toBe(174_762)
  })
})

describe('a policy', () => {
  it('says plainly what protects the answers', () => {
    expect(privacyNotice(policySchema.parse({}))).toBe(
      'answers are masked and only their sum is seen; no differential privacy',
    )
    expect(privacyNotice(generous)).toContain(
      '"plain" is allowed: the coordinator could then read each answer',
    )
    expect(privacyNotice({ ...generous, privacyModes: [] })).toContain('answers no question')
  })
})

describe('a question of a coordinator that rewrites its history', () => {
  const seen: SiteState = { ...ready, witnessed: { sequence: 7, hash: hex('d'), revoked: [] } }

  it('is refused', () => {
    expect(check({}, {}, seen)).toMatchObject({ code: 'HISTORY_REWRITTEN' })
    expect(check({ journalHead: { sequence: 7, hash: hex('d') } }, {}, seen)).toBeUndefined()
  })

  it('is refused when it says nothing of its history', () => {
    const { journalHead: _head, ...silent } = question
    expect(checkQuestion(generous, ready, silent, NOW)).toMatchObject({ code: 'MANIFEST_INVALID' })
  })

  it('is refused when its roster holds a revoked key', () => {
    expect(check({ revoked: [keyIdOf(hex('8'))] })).toMatchObject({ code: 'KEY_REVOKED' })
  })
})
