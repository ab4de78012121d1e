import { beforeAll, describe, expect, it } from 'vitest'
import { encodeNetwork } from '#engine/checkpoint.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import { openRuntime, type Runtime } from '#engine/session/index.ts'
import { parseSpec } from '#engine/spec.ts'
import type { FederationState, Run } from '#federation/state.ts'
import { signReport, type PrivacyReport } from '#privacy/audit/report.ts'
import { ready } from '#privacy/crypto.ts'
import { createIdentity } from '#privacy/identity.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import type { PublicData } from './datasets.ts'
import { gateRelease, type ReportFile } from './release-gate.ts'

let runtime: Runtime
beforeAll(async () => {
  await ready
  runtime = await openRuntime()
})
const coded = (code: string): unknown => expect.objectContaining({ code })
const identityOf = (fill: number) => createIdentity((length) => new Uint8Array(length).fill(fill))
const federation = 'f'.repeat(64)

/** Logits [5x, -5x]: sure of class 0 for a positive x. */
const network = {
  spec: parseSpec({ kind: 'mlp', inputs: 1, hidden: [], outputs: 2 }),
  parameters: new Float32Array([5, -5, 0, 0]),
}
/** Points, all of class 0. */
const points = (rows: number, x: (row: number) => number): Dataset => ({
  rows,
  features: 1,
  inputs: Float32Array.from({ length: rows }, (_, row) => x(row)),
  labels: new Int32Array(rows),
  classes: ['near', 'far'],
})

interface Given {
  readonly transfer?: Dataset
  readonly holdout?: Dataset
  readonly signOff?: string
  readonly files?: readonly ReportFile[]
}

async function gate({ transfer = points(1000, () => 0), holdout, signOff, files }: Given) {
  const blobs = await openMemoryBlobs()
  const student = { networkHash: await blobs.put(encodeNetwork(network)) }
  const run = { run: 'run-1', plan: { signOff }, student } as unknown as Run
  const north = { site: 'north', publicKey: identityOf(1).publicKey, enrolment: 'approved' }
  const state = { founded: { federation }, sites: { north } } as unknown as FederationState
  const data = { transfer, ...(holdout && { holdout }) } as PublicData
  return gateRelease({ blobs, runtime, siteReports: () => Promise.resolve(files ?? []) }, state, run, data)
}

describe('the release gate, of the student', () => {
  // Distinct scores: transfer rows lie right of all hold-out rows, so each is found without a false alarm.
  const remembered = {
    transfer: points(1000, (row) => 1 + row / 1e4),
    holdout: points(1000, (row) => -row / 1e4),
  }

  it('passes one that treats both sets alike', async () => {
    const rows = points(1000, (row) => row / 1e3)
    const { outcome, evidence } = await gate({ transfer: rows, holdout: rows })
    expect(outcome).toBe('passed')
    expect(evidence[0]?.attacks[0]).toMatchObject({ rows: 'transfer', auc: 0.5, epsilonAtLeast: 0 })
  })

  it('blocks one that remembers its transfer rows, unless somebody signs for it', async () => {
    await expect(gate(remembered)).rejects.toEqual(coded('RELEASE_BLOCKED'))
    await expect(gate(remembered)).rejects.toThrow('100.0 % of the transfer rows')
    expect(await gate({ ...remembered, signOff: 'published in 2019' })).toMatchObject({
      outcome: 'signed-off',
      signOff: 'published in 2019',
      findings: [expect.stringContaining('coordinator, threshold')],
    })
  })

  it('cannot tell without a hold-out, or with too small a one', async () => {
    expect(await gate({ transfer: remembered.transfer })).toMatchObject({ outcome: 'passed', evidence: [] })
    const small = { ...remembered, holdout: points(100, (row) => -row) }
    expect((await gate(small)).evidence[0]?.attacks[0]?.rates[0]?.resolved).toBe(false)
  })
})

describe('the release gate, of what sites report', () => {
  const report = (epsilonAtLeast: number, attacks: PrivacyReport['attacks'] = []): PrivacyReport => ({
    version: 1,
    federation,
    site: 'north',
    madeAt: '2026-01-02T03:04:05.678Z',
    claim: { mode: 'dpsgd', unit: 'a patient', neighbours: 'one patient more or less', epsilon: 1, delta: 1e-5, accountant: 'PLD', questions: 10, assumptions: [] }, // prettier-ignore
    attacked: {
      networkHash: 'a'.repeat(64),
      kind: 'mlp',
      share: 'probabilities',
      temperature: 1,
      shadows: 0,
    },
    attacks,
    canaries: { canaries: 100, guesses: 20, correct: 20, epsilonAtLeast, delta: 1e-5 },
    labelLeak: { alone: 0, summed: null, uninformed: 0.1 },
    limits: [],
  })
  const signed = (epsilonAtLeast: number, by = 1) => ({ name: 'north.json', json: signReport(identityOf(by), report(epsilonAtLeast)) }) // prettier-ignore

  it('blocks when an audit proves more than is claimed, whoever signs for it', async () => {
    await expect(gate({ files: [signed(1.5)], signOff: 'please' })).rejects.toThrow(
      'north, canaries: epsilon is at least 1.50, and 1 is claimed.',
    )
  })

  it('lets the worst of all reports decide, one on a student with the rows of a site among them', async () => {
    const attack: PrivacyReport['attacks'][number] = {
      attack: 'threshold',
      artefact: 'student',
      rows: 'private',
      members: 1000,
      nonMembers: 1000,
      auc: 0.8,
      balancedAccuracy: 0.7,
      rates: [],
      epsilonAtLeast: 1.25,
      delta: 1e-5,
    }
    const onStudent = { name: 'student.json', json: signReport(identityOf(1), report(0, [attack])) }
    await expect(gate({ files: [signed(0.5), onStudent, signed(0.2)] })).rejects.toThrow(
      'north, threshold on the student: epsilon is at least 1.25, and 1 is claimed.',
    )
  })

  it('passes what lies within the claim, and keeps it', async () => {
    const { outcome, evidence } = await gate({ files: [signed(0.5)] })
    expect([outcome, evidence[0]?.by, evidence[0]?.claim?.epsilon]).toEqual(['passed', 'north', 1])
  })

  it('ignores what no approved site signed, and says so', async () => {
    const altered = { name: 'altered.json', json: { ...signed(0).json, report: report(0.1) } }
    const { outcome, ignored } = await gate({
      files: [signed(9, 2), altered, { name: 'notes.json', json: null }],
    })
    expect(outcome).toBe('passed')
    expect(ignored).toEqual([
      'north.json: not signed by an approved site of this federation.',
      'altered.json: The privacy report was altered after it was signed.',
      expect.stringContaining('notes.json: The privacy report is not one'),
    ])
  })
})
