/**
 * One end of a link as a process of its own: `link-process.ts coordinator|site ADDRESS`.
 *
 * The coordinator echoes until it is killed. The site sends its process id, checks the echo, closes its link
 * and does nothing to exit: if anything it opened is still open, it stays.
 */
import { createServer } from 'node:http'
import { natsCoordinatorLink, natsSiteLink } from '#link/nats.ts'
import { socketSiteLink } from '#link/socket-client.ts'
import { createSocketServer, socketCoordinatorLink } from '#link/sockets.ts'

const [role, address = ''] = process.argv.slice(2)
const federation = 'f'.repeat(64)
const isNats = address.startsWith('nats:')

if (role === 'coordinator') {
  const server = createServer()
  const link = isNats
    ? natsCoordinatorLink({ servers: address, federation })
    : socketCoordinatorLink(createSocketServer(server))
  await link.listen({ onRequest: async (_peer, frame) => frame, onGone: () => undefined })
  if (!isNats)
    await new Promise<void>((resolve) => server.listen(Number(new URL(address).port), '127.0.0.1', resolve))
  console.log('listening')
} else {
  const options = { random: () => 0.5 }
  const link = isNats
    ? natsSiteLink({ servers: address, federation, ...options })
    : socketSiteLink(address, options)
  await link.open({ onPush: () => undefined, onState: () => undefined })
  const echo = await link.request(Buffer.from(String(process.pid)))
  console.log(Buffer.from(echo).toString() === String(process.pid) ? 'echoed' : 'garbled')
  await link.close()
}
