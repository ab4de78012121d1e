import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { LedgerView, Preview } from '#client/main.ts'
import { ledgerText, previewText } from './ledger-text.ts'

const plain = pc.createColors(false)
const noise = { kind: 'gaussian', noiseMultiplier: 20, count: 40 } as const

const ledger: LedgerView = {
  site: 'north',
  budget: { epsilon: 3, delta: 1e-6, unit: 'patient' },
  datasets: [
    {
      dataset: 'ab'.repeat(32),
      current: true,
      account: {
        unit: 'patient',
        delta: 1e-6,
        spent: 1.00001,
        reserved: 1.5004,
        accountant: 'pld',
        trainings: [
          {
            networkHash: 'cd'.repeat(32),
            teacher: 'ef'.repeat(32),
            dataset: 'ab'.repeat(32),
            unit: 'patient',
            mechanism: { kind: 'sampledGaussian', samplingRate: 0.05, noiseMultiplier: 2, count: 400 },
          },
        ],
        campaigns: [
          {
            run: 'run-1',
            purpose: 'teach',
            dataset: 'ab'.repeat(32),
            unit: 'patient',
            mechanism: noise,
            used: 20,
          },
        ],
      },
      withoutNoise: { masked: 3 },
      last: [{ atMs: 0, run: 'run-1', purpose: 'teach', mode: 'masked', items: 20, charged: 20 }],
    },
  ],
}

const preview: Preview = {
  question: '5f'.repeat(32),
  run: 'run-7',
  purpose: 'teach',
  roster: ['north', 'south', 'west'],
  threshold: 3,
  expiresAtMs: 0,
  mode: 'masked',
  protection: 'only their sum is seen',
}

describe('the ledger as text', () => {
  it('never shows less than was spent, nor more than is left', () => {
    const text = ledgerText(ledger, plain)
    expect(text).toContain('epsilon 1.001 spent, 1.501 promised (pld), 1.499 left')
    expect(text).toMatch(/run-1 +teach +gaussian +20 +40/)
    expect(text).toMatch(/teacher cdcdcdcdcdcd +train +sampledGaussian +400 +400/)
    expect(text).toContain('answers without noise, which no epsilon describes: 3 masked')
    expect(text).toMatch(/1970-01-01 00:00 +run-1 +teach +masked +20 +20/)
  })

  it('says that there is no budget, or nothing in it', () => {
    const { budget: _, ...unbounded } = ledger
    expect(ledgerText(unbounded, plain)).toContain('no budget, so no answers under noise')
    expect(ledgerText({ ...ledger, datasets: [] }, plain)).toContain('nothing has been answered')
  })
})

describe('a preview as text', () => {
  it('says why nothing would leave', () => {
    const objection = { code: 'QUERY_REPEATED', reason: 'Answered before.' } as const
    const text = previewText({ ...preview, objection }, plain)
    expect(text).toContain('nothing would leave: QUERY_REPEATED: Answered before.')
  })

  it('shows numbers, what hides them, and the cost', () => {
    const answer = {
      kind: 'probabilities',
      items: 40,
      bytes: 320,
      wordBits: 32,
      heads: [{ kind: 'probabilities', firstRows: [[0.25, 0.75]] }],
      least: 0,
      most: 1,
    }
    const cost = { mechanism: noise, reserves: noise, delta: 1e-6, budget: 3, before: 0, after: 1.50001 }
    const text = previewText({ ...preview, answer, cost }, plain)
    expect(text).toContain('probabilities of 40 rows, 320 B in words of 32 bits, values from 0 to 1')
    expect(text).toContain('0.25  0.75')
    expect(text).toContain('before masking')
    expect(text).toContain('epsilon 0 promised before, 1.501 after, of 3 at delta 0.000001')
    expect(previewText({ ...preview, mode: 'plain', answer }, plain)).toContain('could read these numbers')
  })

  it('shows what is said of each of several targets, under its name', () => {
    const heads = [
      { name: 'angina', kind: 'probabilities', firstRows: [[0.25, 0.75]] },
      { name: 'pressure', kind: 'gaussian-moments', firstRows: [[-0.5, 1.25]] },
    ]
    const kind = 'probabilities;gaussian-moments'
    const answer = { kind, items: 40, bytes: 640, wordBits: 32, heads, least: -0.5, most: 1.25 }
    const text = previewText({ ...preview, answer }, plain)
    expect(text).toContain('would leave: angina probabilities, pressure gaussian-moments of 40 rows')
    expect(text).toMatch(/angina:\n +0.25 +0.75\n +...\npressure:\n +-0.5 +1.25\n/)
  })
})
