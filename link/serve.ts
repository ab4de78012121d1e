/** What a coordinator's end does with a request frame, whatever wire brought it. */
import type { CoordinatorLinkHandlers, PeerId } from '#federation/ports.ts'
import { CollegiumError } from '#proto/errors.ts'
import { limits } from '#proto/limits.ts'

/** Why a frame is turned away before anything signed it: told as a bare code, in the place of a reply frame. */
const refusals = {
  FRAME_TOO_LARGE: 'The coordinator does not take or send frames of this size.',
  FRAME_MALFORMED: 'The parts of a frame did not arrive as they were sent.',
  OVERLOADED: 'The coordinator has as many requests or connections under way as it takes.',
  INTERNAL: 'The coordinator could not reply.',
} as const

export type Refusal = keyof typeof refusals

/** A reply frame, or the code of a refusal. */
export type Reply = Uint8Array | Refusal

/** The error of a refusal; a code that no coordinator sends becomes `INTERNAL`. */
export function refusalError(code: unknown): CollegiumError {
  const known = typeof code === 'string' && Object.hasOwn(refusals, code) ? (code as Refusal) : 'INTERNAL'
  return new CollegiumError(known, refusals[known])
}

export const isTooLarge = (frame: Uint8Array): boolean => frame.length > limits.frameBytes.value

export type Serve = (peer: PeerId, frame: Uint8Array) => Promise<Reply>

/** Serves each peer's requests side by side, up to a number; never rejects. */
export function createServe(handlers: CoordinatorLinkHandlers): Serve {
  const underWay = new Map<PeerId, number>()
  return async (peer, frame) => {
    const count = underWay.get(peer) ?? 0
    if (isTooLarge(frame)) return 'FRAME_TOO_LARGE'
    if (count >= limits.requestsInFlight.value) return 'OVERLOADED'
    underWay.set(peer, count + 1)
    try {
      const reply = await handlers.onRequest(peer, frame)
      return isTooLarge(reply) ? 'FRAME_TOO_LARGE' : reply
    } catch {
      return 'INTERNAL' // the port says that handlers do not reject: a defect there must not stop the server
    } finally {
      const left = (underWay.get(peer) ?? 1) - 1
      if (left > 0) underWay.set(peer, left)
      else underWay.delete(peer)
    }
  }
}
