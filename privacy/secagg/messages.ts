/** What a secure sum says, in order. Sites are positions in the roster; all bytes are of the stated length. */

export type FromSite = KeysMessage | SharesMessage | MaskedMessage | ConsentMessage | UnmaskMessage
export type ToSite = KeyListMessage | BoxesMessage | SurvivorsMessage | ConsentsMessage

/** Two fresh X25519 keys, for masks and for sealing shares, 32 bytes each, signed (64) over the context. */
export interface SignedKeys {
  readonly site: number
  readonly maskKey: Uint8Array
  readonly shareKey: Uint8Array
  readonly signature: Uint8Array
}

export interface KeysMessage {
  readonly kind: 'keys'
  readonly keys: SignedKeys
}

/** To a site: the keys of its neighbours and its own; `view` (32) is the hash of everyone's. */
export interface KeyListMessage {
  readonly kind: 'key-list'
  readonly view: Uint8Array
  readonly keys: readonly SignedKeys[]
}

/** The shares of a site's two secrets, sealed for a holder: 24 + 72 + 16 bytes. `site` is the other end. */
export interface Box {
  readonly site: number
  readonly box: Uint8Array
}

export interface SharesMessage {
  readonly kind: 'shares'
  readonly boxes: readonly Box[]
}

export interface BoxesMessage {
  readonly kind: 'boxes'
  readonly boxes: readonly Box[]
}

/** The answer under its masks. */
export interface MaskedMessage {
  readonly kind: 'masked'
  readonly words: Uint32Array
}

/** Whose answers have arrived: a bit for each site of the roster, the lowest bit of a byte first. */
export interface SurvivorsMessage {
  readonly kind: 'survivors'
  readonly survivors: Uint8Array
}

/** A site's signature (64) under the survivors it was shown. */
export interface ConsentMessage {
  readonly kind: 'consent'
  readonly signature: Uint8Array
}

export interface ConsentsMessage {
  readonly kind: 'consents'
  readonly consents: readonly { readonly site: number; readonly signature: Uint8Array }[]
}

/** Of every site whose share we hold, one share (36): of its own mask if it survived, of its mask key if not. */
export interface UnmaskMessage {
  readonly kind: 'unmask'
  readonly selfShares: readonly HeldShare[]
  readonly keyShares: readonly HeldShare[]
}

export interface HeldShare {
  readonly of: number
  readonly share: Uint8Array
}
