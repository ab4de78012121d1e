import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  digestManifest,
  evaluateManifest,
  groupedManifest,
  headsManifest,
  hex,
  narrowManifest,
  selectManifest,
  teachManifest,
} from '../test/support/wire-examples.ts'
import vectors from '../test/vectors/wire-v1.json' with { type: 'json' }
import { collegium } from './gen/collegium.js'
import { limits } from './limits.ts'
import { decodeManifest, encodeManifest, type QuestionManifest } from './manifest.ts'

const fromHex = (digits: string) => new Uint8Array(Buffer.from(digits, 'hex'))
const fails = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) as unknown })

describe('a manifest', () => {
  it.each([
    ['teach', teachManifest, vectors.manifests.teach],
    ['evaluate', evaluateManifest, vectors.manifests.evaluate],
    ['measure several students', selectManifest, vectors.manifests.select],
    ['teach teachers that learn first', digestManifest, vectors.manifests.digest],
    ['teach by groups', groupedManifest, vectors.manifests.grouped],
    ['teach in narrow words', narrowManifest, vectors.manifests.narrow],
    ['teach several targets', headsManifest, vectors.manifests.heads],
  ])('that asks to %s has golden bytes', (_purpose, manifest, vector) => {
    expect(decodeManifest(fromHex(vector))).toEqual(manifest)
    expect(Buffer.from(encodeManifest(manifest)).toString('hex')).toBe(vector)
  })

  it('has room for a full roster of long names', () => {
    const roster = Array.from({ length: limits.rosterSites.value }, (_, i) => ({
      site: `site-${i}`.padEnd(40, 'x'),
      publicKey: i.toString(16).padStart(64, '0'),
    })).sort((a, b) => (a.site < b.site ? -1 : 1))
    const manifest = { ...teachManifest, roster }
    expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest)
  })

  it('has room for the heads of twenty targets, each with as many outputs as it likes', () => {
    const widths = fc.array(fc.integer({ min: 1, max: 2 ** 32 - 1 }), { maxLength: limits.heads.value })
    fc.assert(
      fc.property(widths, (heads) => {
        const manifest = { ...headsManifest, share: { ...headsManifest.share, heads } }
        expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest)
      }),
    )
    // Two of the longest names of share kinds for each of twenty heads.
    const kind = Array<string>(20).fill('floored-log-probabilities+confidence-weighted').join(';')
    const manifest = { ...headsManifest, share: { ...headsManifest.share, kind } }
    expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest)
  })

  it('may ask about any rows', () => {
    // From row 10 on: 0b00011111 and 0b10 would be a slice and one more; bits 0 to 3 and 9 are five.
    const bitmap = Buffer.from([0b1111, 0b10]).toString('base64')
    const manifest = { ...teachManifest, transfer: { ...teachManifest.transfer!, bitmap } }
    expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest)
  })

  const [cleveland, zurich] = teachManifest.roster as [
    QuestionManifest['roster'][number],
    QuestionManifest['roster'][number],
  ]
  const { transfer: _transfer, ...aboutNothing } = teachManifest
  const senseless: [string, QuestionManifest, RegExp][] = [
    [
      'a site twice',
      { ...teachManifest, roster: [cleveland, { ...cleveland, publicKey: hex('a2') }] },
      /names a site twice/,
    ],
    [
      'one key for two sites',
      { ...teachManifest, roster: [cleveland, { ...zurich, publicKey: cleveland.publicKey }] },
      /share a key/,
    ],
    ['an unsorted roster', { ...teachManifest, roster: [zurich, cleveland] }, /not sorted/],
    ['a threshold above the roster', { ...teachManifest, threshold: 3 }, /threshold 3 is above the 2 sites/],
    ['no threshold', { ...teachManifest, threshold: 0 }, /manifest\.threshold is 0/],
    [
      'an end before its beginning',
      { ...teachManifest, expiresAtMs: teachManifest.openedAtMs },
      /expires before it opens/,
    ],
    [
      'a student to be measured by teachers that learn first',
      { ...evaluateManifest, digest: digestManifest.digest! },
      /take nothing in/,
    ],
    ['rows and a student', { ...teachManifest, studentHashes: [hex('05')] }, /one of the two/],
    ['a student twice', { ...evaluateManifest, studentHashes: [hex('05'), hex('05')] }, /a student twice/],
    ['neither rows nor a student', aboutNothing, /one of the two/],
    [
      'rows past the end',
      { ...teachManifest, transfer: { hash: hex('02'), format: 'csv', rows: 20, firstRow: 16, rowCount: 5 } },
      /past the end/,
    ],
    [
      'items that are not as many as they say',
      { ...teachManifest, transfer: { ...teachManifest.transfer!, bitmap: 'Aw==' } },
      /the bitmap of its items has 2 of them, not 5/,
    ],
    [
      'a temperature that is no number',
      { ...teachManifest, share: { ...teachManifest.share, temperature: NaN } },
      /manifest\.share\.temperature is NaN/,
    ],
    [
      'a share too long for a frame',
      { ...teachManifest, share: { ...teachManifest.share, length: limits.shareBytes.value / 4 + 1 } },
      /manifest\.share\.length/,
    ],
    [
      'more heads than a student may have',
      { ...headsManifest, share: { ...headsManifest.share, heads: Array<number>(21).fill(1) } },
      /manifest\.share\.heads/,
    ],
    [
      'a head without outputs',
      { ...headsManifest, share: { ...headsManifest.share, heads: [7, 0] } },
      /manifest\.share\.heads.*is 0/,
    ],
    [
      'a head without a kind of share',
      { ...headsManifest, share: { ...headsManifest.share, kind: 'probabilities;;votes' } },
      /manifest\.share\.kind .*names joined by "\+" or ";"/,
    ],
    ['a federation that is no id', { ...teachManifest, federation: '' }, /manifest\.federation must be 64/],
  ]
  it.each(senseless)('with %s is not made', (_what, manifest, message) => {
    expect(() => encodeManifest(manifest)).toThrow(fails('MANIFEST_INVALID', message))
  })

  const forged = (change: (wire: collegium.v1.QuestionManifest) => void) => {
    const wire = collegium.v1.QuestionManifest.decode(fromHex(vectors.manifests.teach))
    change(wire)
    return new Uint8Array(collegium.v1.QuestionManifest.encode(wire).finish())
  }
  const unacceptable: [string, Uint8Array, string, RegExp][] = [
    ['of another version', forged((wire) => (wire.version = 2)), 'VERSION_UNSUPPORTED', /version 2/],
    ['unsorted', forged((wire) => void wire.roster.reverse()), 'MANIFEST_INVALID', /not sorted/],
    [
      'with a field from the future',
      forged((wire) => (wire.$unknowns = [Uint8Array.of(0x98, 0x06, 0x01)])),
      'MANIFEST_INVALID',
      /manifest has a field that this version does not know/,
    ],
    [
      'with one deep inside',
      forged((wire) => (wire.share!.$unknowns = [Uint8Array.of(0x98, 0x06, 0x01)])),
      'MANIFEST_INVALID',
      /manifest\.share has a field/,
    ],
    [
      'without its privacy',
      forged((wire) => (wire.privacy = null)),
      'MANIFEST_INVALID',
      /manifest\.privacy is missing/,
    ],
    ['cut short', fromHex(vectors.manifests.teach).subarray(0, 50), 'MANIFEST_INVALID', /not a manifest/],
    ['empty', new Uint8Array(0), 'MANIFEST_INVALID', /has 0 bytes/],
    ['too large', new Uint8Array(limits.manifestBytes.value + 1), 'MANIFEST_INVALID', /262145 bytes/],
  ]
  it.each(unacceptable)('%s is not believed', (_what, encoded, code, message) => {
    expect(() => decodeManifest(encoded)).toThrow(fails(code, message))
  })
})
