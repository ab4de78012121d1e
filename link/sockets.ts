/** The coordinator's end of socket.io: frames as acknowledged events on the namespace `/link`. */
import type { Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import type { CoordinatorLink, CoordinatorLinkHandlers, PeerId } from '#federation/ports.ts'
import { limits } from '#proto/limits.ts'
import { createServe, isTooLarge, type Reply } from './serve.ts'

/** One socket.io server for a coordinator's port; the dashboard has a namespace of its own on it. */
export function createSocketServer(server: HttpServer): Server {
  return new Server(server, {
    serveClient: false,
    // Long-polling carries bytes as base64: four characters for three bytes. Each frame is measured again.
    maxHttpBufferSize: Math.ceil((limits.frameBytes.value * 4) / 3) + 1024,
    pingInterval: limits.heartbeatMs.value,
    pingTimeout: limits.heartbeatMs.value * limits.heartbeatsMissed.value,
    connectTimeout: limits.connectTimeoutMs.value,
  })
}

export function socketCoordinatorLink(io: Server): CoordinatorLink {
  const namespace = io.of('/link')
  const open = new Map<PeerId, Socket>()
  let handlers: CoordinatorLinkHandlers | undefined

  // A site that may not come in is told while it connects, and so retries with growing pauses.
  namespace.use((_socket, next) => {
    if (!handlers) next(new Error('the coordinator is closed'))
    else if (open.size >= limits.peers.value) next(new Error('the coordinator has too many connections'))
    else next()
  })

  return {
    async listen(given) {
      handlers = given
      const serve = createServe(given)
      namespace.on('connection', (socket: Socket) => {
        open.set(socket.id, socket)
        socket.on('frame', (frame: unknown, reply: unknown) => {
          if (frame instanceof Uint8Array && typeof reply === 'function')
            void serve(socket.id, new Uint8Array(frame)).then(reply as (reply: Reply) => void)
          else socket.disconnect(true)
        })
        socket.on('disconnect', () => {
          open.delete(socket.id)
          given.onGone(socket.id)
        })
      })
    },
    push(peer, frame) {
      return !isTooLarge(frame) && (open.get(peer)?.emit('push', frame) ?? false)
    },
    drop: (peer) => void open.get(peer)?.disconnect(true),
    async close() {
      handlers = undefined
      namespace.removeAllListeners('connection')
      namespace.disconnectSockets(true)
    },
  }
}
