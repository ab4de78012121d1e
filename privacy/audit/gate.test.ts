import { describe, expect, it } from 'vitest'
import { ready } from '../crypto.ts'
import { createIdentity } from '../identity.ts'
import { clopperPearson } from './binomial.ts'
import { releaseVerdict, type Evidence } from './gate.ts'
import { reportMarkdown } from './report-text.ts'
import {
  canonicalBytes,
  readSignedReport,
  signReport,
  type AttackResult,
  type PrivacyReport,
} from './report.ts'

await ready
const identity = createIdentity((length) => new Uint8Array(length).fill(7))
const coded = (code: string): unknown => expect.objectContaining({ code })

const found = (truePositives: number, change: Partial<AttackResult> = {}): AttackResult => ({
  attack: 'likelihood-ratio',
  artefact: 'answer',
  rows: 'private',
  members: 1000,
  nonMembers: 1000,
  auc: 0.6,
  balancedAccuracy: 0.55,
  rates: [
    {
      falsePositiveRate: 0.001,
      truePositiveRate: truePositives / 1000,
      interval: clopperPearson(truePositives, 1000),
      resolved: true,
    },
  ],
  epsilonAtLeast: 0.4,
  delta: 1e-5,
  ...change,
})

const report: PrivacyReport = {
  version: 1,
  federation: 'f'.repeat(64),
  site: 'north',
  madeAt: '2026-01-02T03:04:05.678Z',
  claim: {
    mode: 'pate, 50 sub-teachers',
    unit: 'a patient at this site',
    neighbours: "one patient's rows replaced",
    epsilon: 3,
    delta: 1e-6,
    accountant: 'RDP',
    questions: 1000,
    assumptions: ['At most 2 of 10 sites tell the coordinator their answers.'],
  },
  attacked: {
    networkHash: 'a'.repeat(64),
    kind: 'mlp',
    share: 'probabilities',
    temperature: 2,
    shadows: 16,
  },
  attacks: [found(2)],
  canaries: { canaries: 1000, guesses: 100, correct: 60, epsilonAtLeast: 0.1, delta: 1e-6 },
  labelLeak: { alone: 0.02, summed: null, uninformed: 0.3 },
  limits: ['An audit bounds a leak from below.'],
}

describe('the release gate', () => {
  const evidence = (change: Partial<Evidence>): Evidence => ({
    by: 'north',
    claim: { epsilon: 3 },
    attacks: [found(2)],
    canaries: null,
    ...change,
  })
  const none = { epsilon: null }

  it.each<[string, Evidence, string]>([
    ['nothing found', evidence({}), 'passed'],
    ['a proof within the claim', evidence({ attacks: [found(300, { epsilonAtLeast: 2.9 })] }), 'passed'],
    ['a proof beyond the claim', evidence({ attacks: [found(300, { epsilonAtLeast: 3.1 })] }), 'blocked'],
    [
      'canaries beyond the claim',
      evidence({ canaries: { canaries: 9, guesses: 9, correct: 9, epsilonAtLeast: 3.1, delta: 0 } }),
      'blocked',
    ],
    // 18 of 1000 found: at least 1.07 %; 17: at least .99 % (Clopper and Pearson, 95 %).
    ['18 of 1000 found where nothing is claimed', evidence({ claim: none, attacks: [found(18)] }), 'blocked'],
    ['17 of 1000 found where nothing is claimed', evidence({ claim: none, attacks: [found(17)] }), 'passed'],
    [
      'a proof beyond the claim, about an answer that never leaves without its noise',
      evidence({ attacks: [found(300, { artefact: 'answer-before-noise', epsilonAtLeast: 9 })] }),
      'passed',
    ],
    [
      'the same where nothing is claimed',
      evidence({ claim: none, attacks: [found(300, { artefact: 'answer-before-noise' })] }),
      'passed',
    ],
    [
      'a proof beyond the claim, through the noise',
      evidence({ attacks: [found(300, { artefact: 'noised-answers', epsilonAtLeast: 3.1 })] }),
      'blocked',
    ],
    [
      'a proof beyond the claim, by a student',
      evidence({ attacks: [found(300, { artefact: 'student', epsilonAtLeast: 3.1 })] }),
      'blocked',
    ],
    [
      'public rows, which no claim covers',
      evidence({ attacks: [found(18, { rows: 'transfer' })] }),
      'blocked',
    ],
    [
      'a proof about public rows, which no claim covers',
      evidence({ attacks: [found(2, { rows: 'transfer', epsilonAtLeast: 9 })] }),
      'passed',
    ],
  ])('%s', (_, given, outcome) => expect(releaseVerdict([given]).outcome).toBe(outcome))

  it('ignores a rate that too few non-members can show', () => {
    const rates = found(500).rates.map((rate) => ({ ...rate, resolved: false }))
    expect(releaseVerdict([evidence({ claim: none, attacks: [found(500, { rates })] })]).outcome).toBe(
      'passed',
    )
  })

  it('takes a signature for rows without a claim, never for a broken one', () => {
    const leak = evidence({ claim: none, attacks: [found(100)] })
    const broken = evidence({ attacks: [found(2, { epsilonAtLeast: 4 })] })
    expect(releaseVerdict([leak], 'rows are public')).toMatchObject({
      outcome: 'signed-off',
      signOff: 'rows are public',
      findings: [expect.stringContaining('10.0 %')],
    })
    expect(releaseVerdict([leak, broken], 'rows are public')).toMatchObject({
      outcome: 'blocked',
      signOff: null,
    })
  })
})

describe('a signed report', () => {
  it('is read back, however its file is laid out', () => {
    const signed = signReport(identity, report)
    const turned = Object.fromEntries(Object.entries(signed).toReversed())
    expect(readSignedReport(JSON.parse(JSON.stringify(turned, null, 4)), identity.publicKey)).toEqual(signed)
  })

  it('is refused once a word of it has changed, and from another key', () => {
    const signed = signReport(identity, report)
    const better = { ...signed, report: { ...report, claim: { ...report.claim, epsilon: 1 } } }
    expect(() => readSignedReport(better)).toThrow(coded('REPORT_INVALID'))
    expect(() => readSignedReport(signed, 'b'.repeat(64))).toThrow('another key')
    expect(() => readSignedReport({ ...signed, extra: 1 })).toThrow('is not one')
    const half = { ...report, claim: { ...report.claim, delta: null } }
    expect(() => readSignedReport({ ...signed, report: half })).toThrow('given together')
  })

  it('is canonical in the way of RFC 8785', () => {
    const text = new TextDecoder().decode(canonicalBytes({ b: [1e-5, 'é"'], a: { d: null, c: true } }))
    expect(text).toBe('{"a":{"c":true,"d":null},"b":[0.00001,"é\\""]}')
  })

  it('is a page for a privacy officer', () => {
    const page = reportMarkdown(signReport(identity, report))
    for (const said of [
      'Claimed: epsilon 3 at delta 0.000001.',
      'a patient at this site',
      '| likelihood-ratio | the answer | 1000 | 1000 |',
      '60 of 100 guesses',
      'An audit bounds a leak from below.',
    ])
      expect(page).toContain(said)
  })
})
