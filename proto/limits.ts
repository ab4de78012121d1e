/**
 * Every bound on what crosses a wire: one table, from which `docs/limits.md` is generated.
 *
 * A bound is there so that no peer, broken or hostile, decides how much memory, time or disk another one
 * spends. Nothing outside this table is "large enough"; code says `limits.x.value` and no other number.
 */
export interface Limit {
  readonly value: number
  readonly unit: 'bytes' | 'characters' | 'items' | 'milliseconds'
  readonly why: string
}

const KiB = 1024
const MiB = 1024 * KiB

const limit = (value: number, unit: Limit['unit'], why: string): Limit => ({ value, unit, why })

export const limits = {
  // frames
  frameBytes: limit(
    16 * MiB,
    'bytes',
    'One signed envelope on any link; larger things travel as blobs, in chunks.',
  ),
  shareBytes: limit(
    15 * MiB,
    'bytes',
    'One answer fits in a frame: 393,216 items of ten classes. Ask about more in several rounds.',
  ),
  blobChunkBytes: limit(512 * KiB, 'bytes', 'A lost connection repeats at most this much of a blob.'),
  blobBytes: limit(
    1024 * MiB,
    'bytes',
    'The largest blob a site fetches: a transfer set is a sample, not a lake.',
  ),
  smallBodyBytes: limit(
    64 * KiB,
    'bytes',
    'Every message but an answer, a blob chunk, an inbox, and the shares of masked questions.',
  ),
  sealedShareBytes: limit(256, 'bytes', 'Two secret shares of 36 bytes, encrypted, with nonce and tag.'),
  unmaskShareBytes: limit(64, 'bytes', 'One secret share: nine words of four bytes.'),
  itemsBytes: limit(
    32 * KiB,
    'bytes',
    'Which items a question asks about, a bit for each row from the first to the last: 262,144 rows.',
  ),
  manifestBytes: limit(256 * KiB, 'bytes', 'A question with a full roster takes 80 KiB.'),

  // names and prose
  nameCharacters: limit(
    40,
    'characters',
    'Names of sites and runs, kinds, formats and modes: a-z, 0-9 and "-".',
  ),
  kindsCharacters: limit(2000, 'characters', 'The share kinds that one question asks for, of all heads.'),
  heads: limit(20, 'items', 'The heads of a student, one for each target.'),
  softwareCharacters: limit(100, 'characters', 'The name and version that a site gives in its hello.'),
  titleCharacters: limit(100, 'characters', 'The name of a federation.'),
  noteCharacters: limit(
    200,
    'characters',
    "A site's note to the operator is one line of a screen; a longer one is cut.",
  ),
  codeCharacters: limit(60, 'characters', 'A code of the error table.'),
  reasonCharacters: limit(
    500,
    'characters',
    'Why a site does not answer: one sentence, kept in the journal; a longer one is cut.',
  ),
  messageCharacters: limit(1000, 'characters', 'The sentence or the hint of an error; a longer one is cut.'),

  // counts
  rosterSites: limit(1000, 'items', 'Sites in one question: each masks with 322 of so many others.'),
  revokedKeys: limit(
    4000,
    'items',
    'Keys that a federation has revoked or replaced since it was founded: every question lists them.',
  ),
  measuredStudents: limit(
    50,
    'items',
    'Students measured by one question: one for each rule that a run may choose among.',
  ),
  inboxQuestions: limit(16, 'items', 'Questions open to one site at a time.'),
  inboxOutcomes: limit(
    2000,
    'items',
    'Survivor sets, and as many sums, in one inbox: two for each of up to 1000 rounds.',
  ),
  coordinatorRotations: limit(100, 'items', 'Keys of the coordinator that a site can have missed.'),
  inboxReleases: limit(100, 'items', 'Students, and as many evaluations, in one inbox.'),

  // signed envelopes
  envelopeLifetimeMs: limit(
    60_000,
    'milliseconds',
    'An envelope is void this long after it was signed, so that a replay is worth little.',
  ),
  clockSkewMs: limit(30_000, 'milliseconds', 'How far the clocks of two ends may differ.'),
  replayWindow: limit(
    64,
    'items',
    'Newest sequences of a signer that are remembered: so far may its requests overtake each other.',
  ),
  replayKeys: limit(
    10_000,
    'items',
    'Signers whose sequences are remembered at a time; strangers may say hello, so this is bounded.',
  ),

  // links
  peers: limit(2000, 'items', 'Connections that one link of a coordinator serves.'),
  requestsInFlight: limit(8, 'items', 'Requests of one peer under way at a time; further ones are refused.'),
  requestTimeoutMs: limit(30_000, 'milliseconds', 'A request without a reply for this long is given up.'),
  connectTimeoutMs: limit(10_000, 'milliseconds', 'One attempt to connect.'),
  heartbeatMs: limit(10_000, 'milliseconds', 'Between two signs of life on an idle connection.'),
  heartbeatsMissed: limit(2, 'items', 'Signs of life missing in a row before a peer counts as gone.'),
  reconnectBaseMs: limit(
    250,
    'milliseconds',
    'Before the first retry, at most; doubled each time, with full jitter.',
  ),
  reconnectCapMs: limit(
    20_000,
    'milliseconds',
    'Before any retry, at most: a restarted coordinator is found again within this.',
  ),
  natsPartBytes: limit(
    512 * KiB,
    'bytes',
    "A frame is cut into parts of this size, half of a broker's default max_payload.",
  ),
  natsPartialFrames: limit(
    16,
    'items',
    'Frames of one sender that wait for their remaining parts at a time.',
  ),
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof limits
