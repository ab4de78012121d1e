/** A real link on which a test holds requests back, or loses their replies. */
import { linkTo, type LinkFor } from '#client/dial.ts'
import { decodeEnvelope, decodeMessage, type BodyKind } from '#proto/frames.ts'

export interface Bends {
  /** Awaited before the request leaves. */
  readonly before?: (kind: BodyKind) => Promise<void> | undefined
  /** Called after the coordinator has replied; a throw takes the place of the reply. */
  readonly after?: (kind: BodyKind) => void
  /** Dials this address instead. */
  readonly address?: string
}

export function bentLink({ before, after, address: instead }: Bends): LinkFor {
  return async (address, options) => {
    const link = await linkTo(instead ?? address, options)
    return {
      open: (handlers) => link.open(handlers),
      close: () => link.close(),
      async request(frame) {
        const { kind } = decodeMessage(decodeEnvelope(frame).payload).body
        await before?.(kind)
        const reply = await link.request(frame)
        after?.(kind)
        return reply
      },
    }
  }
}

/** A door that is shut until it is opened. */
export function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open = () => undefined as void
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}

/** Reconnects with short pauses: a draw of 1/32 where the product draws from [0, 1). */
export const impatient: LinkFor = (address, options) =>
  linkTo(address, { ...options, random: () => Uint8Array.of(0, 0, 0, 8) })
