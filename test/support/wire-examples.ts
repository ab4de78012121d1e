/** One message of every kind, with every field set to something that is not its default. */
import type { Body, BodyKind, Message } from '#proto/frames.ts'
import type { QuestionManifest } from '#proto/manifest.ts'

/** 64 hex digits that repeat one pair. */
export const hex = (pair: string) => pair.repeat(32)
const filled = (length: number, value: number) => new Uint8Array(length).fill(value)

export const exampleBodies: { readonly [K in BodyKind]: Extract<Body, { kind: K }> } = {
  hello: { kind: 'hello', minVersion: 1, maxVersion: 3, software: 'collegium/0.1.0', publicKey: hex('a1') },
  enrolmentRequest: { kind: 'enrolmentRequest', token: filled(32, 7), publicKey: hex('a1') },
  keyRotation: {
    kind: 'keyRotation',
    publicKey: hex('a2'),
    signatureByOld: filled(64, 5),
    signatureByNew: filled(64, 6),
  },
  poll: { kind: 'poll', activity: 'training', note: 'epoch 12 of 60', progress: 0.2, trainingRows: 1230 },
  answer: {
    kind: 'answer',
    question: hex('01'),
    share: Uint8Array.of(1, 0, 0, 0, 255, 255, 255, 255),
    journal: { sequence: 9, hash: hex('0a') },
    commitment: hex('0b'),
  },
  refusal: { kind: 'refusal', question: hex('01'), code: 'POLICY_REFUSED', reason: 'Too few sites.' },
  blobRequest: { kind: 'blobRequest', hash: hex('02'), offset: 524_288 },
  groupCommitment: { kind: 'groupCommitment', question: hex('01'), commitment: hex('0e') },
  groupContribution: { kind: 'groupContribution', question: hex('01'), contribution: hex('0f') },
  keyOffer: {
    kind: 'keyOffer',
    question: hex('01'),
    maskKey: filled(32, 2),
    encryptionKey: filled(32, 3),
    signature: filled(64, 4),
  },
  sealedShares: {
    kind: 'sealedShares',
    question: hex('01'),
    shares: [{ site: 'zurich', sealed: Uint8Array.of(5, 6) }],
  },
  survivorSignature: { kind: 'survivorSignature', question: hex('01'), signature: filled(64, 7) },
  unmaskShares: {
    kind: 'unmaskShares',
    question: hex('01'),
    shares: [
      { site: 'cleveland', secret: 'selfMask', share: Uint8Array.of(8) },
      { site: 'zurich', secret: 'maskKey', share: Uint8Array.of(9) },
    ],
  },
  welcome: {
    kind: 'welcome',
    version: 1,
    publicKey: hex('c0'),
    federation: hex('f0'),
    federationName: 'Four hospitals',
    enrolment: 'approved',
    site: 'cleveland',
    rotations: [
      {
        oldKey: hex('c1'),
        publicKey: hex('c0'),
        signatureByOld: filled(64, 8),
        signatureByNew: filled(64, 9),
      },
    ],
  },
  enrolmentStatus: { kind: 'enrolmentStatus', state: 'pending', site: 'cleveland', schemaHash: hex('03') },
  inbox: {
    kind: 'inbox',
    enrolment: 'approved',
    schemaHash: hex('03'),
    questions: [{ manifest: Uint8Array.of(8, 1), signature: filled(64, 9) }],
    survivorSets: [{ question: hex('01'), sites: ['cleveland', 'zurich'] }],
    sums: [{ question: hex('01'), sumHash: hex('04'), sites: 2 }],
    students: [
      {
        run: 'run-1',
        onnxHash: hex('05'),
        tfjsModelHash: hex('06'),
        tfjsWeightsHash: hex('07'),
        cardHash: hex('08'),
      },
    ],
    evaluations: [{ run: 'run-1', reportHash: hex('09') }],
    masking: [
      {
        question: hex('01'),
        stage: 'shares',
        keys: [
          {
            site: 'zurich',
            maskKey: filled(32, 2),
            encryptionKey: filled(32, 3),
            signature: filled(64, 4),
          },
        ],
        shares: [{ site: 'zurich', sealed: Uint8Array.of(5, 6) }],
        survivors: ['cleveland', 'zurich'],
        signatures: [{ site: 'zurich', signature: filled(64, 7) }],
        view: hex('0c'),
        contributions: [{ site: 'zurich', value: hex('0d') }],
      },
    ],
    journal: { sequence: 9, hash: hex('0a') },
  },
  receipt: { kind: 'receipt', question: hex('01') },
  blobChunk: { kind: 'blobChunk', hash: hex('02'), offset: 4, total: 6, content: Uint8Array.of(5, 6) },
  error: { kind: 'error', code: 'QUESTION_CLOSED', message: 'It closed at noon.', hint: 'Wait.' },
}

export const messageOf = (body: Body): Message => ({
  version: 1,
  federation: hex('f0'),
  sequence: 1_700_000_000_000,
  expiresAtMs: 1_700_000_060_000,
  inReplyTo: 41,
  body,
})

export const teachManifest: QuestionManifest = {
  version: 1,
  federation: hex('f0'),
  run: 'run-1',
  round: 2,
  purpose: 'teach',
  roster: [
    { site: 'cleveland', publicKey: hex('a1') },
    { site: 'zurich', publicKey: hex('a2') },
  ],
  threshold: 2,
  share: {
    kind: 'log-probabilities',
    rows: 5,
    outputs: 2,
    length: 10,
    scale: 65_536,
    clip: 8,
    temperature: 2,
    heads: [],
  },
  transfer: { hash: hex('02'), format: 'csv', rows: 20, firstRow: 10, rowCount: 5, labelsHash: hex('0b') },
  schemaHash: hex('03'),
  privacy: { mode: 'plain', campaign: 20 },
  openedAtMs: 1_700_000_000_000,
  expiresAtMs: 1_700_000_600_000,
  nonce: 2 ** 48 - 1,
  studentHashes: [],
  revoked: [hex('a3'), hex('a4')],
  journalHead: { sequence: 300, hash: hex('0a') },
}

/** Of a question whose answers are narrow: two sites of 15 x 8 units either way make 240, eight bits and a sign. */
export const narrowManifest: QuestionManifest = {
  ...teachManifest,
  share: { ...teachManifest.share, scale: 15, wordBits: 9 },
}

/** Of a question whose sums are made by group. */
export const groupedManifest: QuestionManifest = { ...teachManifest, groups: { smallest: 4 } }

/** Of a later round, before which teachers learn. */
export const digestManifest: QuestionManifest = {
  ...teachManifest,
  digest: { hash: hex('0c'), epochs: 5 },
}

const { transfer: _transfer, ...untaught } = teachManifest
export const evaluateManifest: QuestionManifest = {
  ...untaught,
  purpose: 'evaluate',
  studentHashes: [hex('05')],
  share: {
    kind: 'evaluation-counts',
    rows: 1,
    outputs: 2,
    length: 30,
    scale: 1,
    clip: 0,
    temperature: 1,
    heads: [],
  },
}

/** Of what three candidate rules teach. */
export const selectManifest: QuestionManifest = {
  ...evaluateManifest,
  studentHashes: [hex('06'), hex('05'), hex('07')],
  share: { ...evaluateManifest.share, rows: 3, length: 90 },
}

/** Of a student with a head for classes, one for a number and one for labels: 5 x (2 + 2 + 3) values. */
export const headsManifest: QuestionManifest = {
  ...teachManifest,
  share: {
    ...teachManifest.share,
    kind: 'probabilities;gaussian-moments;label-probabilities',
    outputs: 7,
    length: 35,
    clip: 0,
    temperature: 1,
    heads: [2, 2, 3],
  },
}
