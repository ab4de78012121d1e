/**
 * The operator's door: a small JSON API, the dashboard's files, health and metrics.
 *
 * Everything under /api wants the operator token. An error reply is `{ error: { code, message, hint } }`
 * with the HTTP status of the error table. Sites never use this door; theirs is the link.
 */
import { existsSync } from 'node:fs'
import type { RequestListener, Server } from 'node:http'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Logger } from '#federation/ports.ts'
import { hex32Schema, runIdSchema, siteIdSchema } from '#federation/ids.ts'
import { CollegiumError, describeError, errorTable } from '#proto/errors.ts'
import type { RunView, Snapshot } from '#proto/snapshot.ts'
import { runOverridesSchema, type RunOverrides } from './config.ts'
import { dashboardHeaders } from './dashboard-policy.ts'

/** What the operator can do; `operator.ts` implements it on the core. */
export interface Operator {
  verifyToken(token: string): boolean
  snapshot(): Snapshot
  invite(request: { site: string; ttlMinutes: number; approve: boolean }): Promise<{
    invite: string
    site: string
    expiresAtMs: number
  }>
  approve(site: string): Promise<void>
  revoke(site: string): Promise<void>
  startRun(overrides: RunOverrides): Promise<{ run: string; notes?: readonly string[] }>
  runs(): RunView[]
  run(id: string): RunView
  report(id: string): Promise<Uint8Array>
  file(run: string, name: string): Promise<Uint8Array>
  blob(hash: string): Promise<Uint8Array>
  metrics(): Promise<string>
}

const inviteBody = z.strictObject({
  site: siteIdSchema,
  ttlMinutes: z
    .number()
    .positive()
    .max(60 * 24 * 30)
    .default(60 * 24),
  approve: z.boolean().default(false),
})

const contentTypes: Readonly<Record<string, string>> = {
  json: 'application/json',
  onnx: 'application/octet-stream',
}

/** Answers on `server`, which the sites' and the dashboard's sockets share. */
export async function createHttp(
  operator: Operator,
  { server, dashboardDir, log }: { server: Server; dashboardDir: string; log?: Logger },
): Promise<FastifyInstance> {
  // socket.io answers its own requests on the same server: long-polling, where a proxy lets no WebSocket through.
  const serverFactory = (handler: RequestListener) =>
    server.on('request', (request, reply) => {
      if (!request.url?.startsWith('/socket.io/')) handler(request, reply)
    })
  const app = Fastify({ bodyLimit: 64 * 1024, logger: false, serverFactory })
  await app.register(helmet, dashboardHeaders)
  await app.register(rateLimit, { max: 600, timeWindow: '1 minute' })

  app.setErrorHandler((error, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    if (status === 429) return reply.code(429).send({ error: asked('OVERLOADED', 'Too many requests.') })
    if (status >= 400 && status < 500 && !(error instanceof CollegiumError))
      return reply.code(status).send({ error: asked('USAGE', (error as Error).message.replace(/\.?$/, '.')) })
    const described = describeError(error)
    if (described.code === 'INTERNAL') log?.error({ err: error, route: request.url }, 'a request failed')
    return reply.code(errorTable[described.code].http).send({ error: described })
  })
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: asked('USAGE', 'No such page.') }),
  )

  app.get('/healthz', () => ({ ok: true, journal: operator.snapshot().journal.sequence }))
  app.get('/metrics', async (_request, reply) => {
    void reply.type('text/plain; version=0.0.4')
    return operator.metrics()
  })

  await app.register(
    async (api) => {
      api.addHook('onRequest', (request, _reply, done) => {
        const [, token = ''] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? []
        done(operator.verifyToken(token) ? undefined : wrongToken())
      })
      api.get('/snapshot', () => operator.snapshot())
      api.post('/invites', (request) => operator.invite(parse(inviteBody, request.body)))
      api.post('/sites/:site/approve', async (request) => {
        await operator.approve(parse(siteIdSchema, param(request.params, 'site')))
        return {}
      })
      api.post('/sites/:site/revoke', async (request) => {
        await operator.revoke(parse(siteIdSchema, param(request.params, 'site')))
        return {}
      })
      api.get('/runs', () => operator.runs())
      api.post('/runs', (request) => operator.startRun(parse(runOverridesSchema, request.body ?? {})))
      api.get('/runs/:run', (request) => operator.run(parse(runIdSchema, param(request.params, 'run'))))
      api.get('/runs/:run/report', async (request, reply) => {
        void reply.type('application/json')
        return Buffer.from(await operator.report(parse(runIdSchema, param(request.params, 'run'))))
      })
      api.get('/runs/:run/files/:name', async (request, reply) => {
        const name = param(request.params, 'name')
        const bytes = await operator.file(parse(runIdSchema, param(request.params, 'run')), name)
        void reply.type(contentTypes[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
        return Buffer.from(bytes)
      })
      api.get('/blobs/:hash', async (request, reply) => {
        void reply.type('application/octet-stream')
        return Buffer.from(await operator.blob(parse(hex32Schema, param(request.params, 'hash'))))
      })
    },
    { prefix: '/api' },
  )
  if (existsSync(dashboardDir)) await app.register(fastifyStatic, { root: dashboardDir })
  else app.get('/', () => 'The dashboard is not built; run: npm run build')
  return app
}

/** Resolves with the port in use; rejects with `PORT_IN_USE`. */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
    if (cause.code === 'EADDRINUSE')
      throw new CollegiumError('PORT_IN_USE', `Port ${port} on ${host} is in use by another program.`, {
        cause,
      })
    throw new CollegiumError('CONFIG_INVALID', `Cannot listen on ${host}:${port} (${String(cause.code)}).`, {
      cause,
    })
  }
  const address = app.server.address()
  return typeof address === 'object' && address ? address.port : port
}

const wrongToken = () => new CollegiumError('TOKEN_WRONG', 'The operator token is missing or wrong.')

const asked = (code: 'USAGE' | 'OVERLOADED', message: string) => ({
  code,
  message,
  hint: errorTable[code].hint,
})

const param = (params: unknown, name: string): string => String((params as Record<string, unknown>)[name])

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new CollegiumError('CONFIG_INVALID', `${issue?.path.join('.') || 'The request'}: ${issue?.message}.`)
}
