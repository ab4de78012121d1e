/**
 * The operator's HTTP client: what `invite` and `run` speak to a running coordinator.
 *
 * The coordinator is found through COLLEGIUM_URL and COLLEGIUM_TOKEN, or else through the files that it
 * keeps in its folder, `address` and `operator-token`, which only their owner can read.
 */
import path from 'node:path'
import { CollegiumError, isErrorCode } from '#proto/errors.ts'
import { readText } from '#store/files.ts'

export interface OperatorClient {
  readonly url: string
  get<T>(route: string): Promise<T>
  post<T>(route: string, body?: object): Promise<T>
  bytes(route: string): Promise<Uint8Array>
}

export async function connectOperator(
  dir: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<OperatorClient> {
  const url = (env['COLLEGIUM_URL'] ?? (await addressIn(dir))).trim().replace(/\/$/, '')
  const token = (env['COLLEGIUM_TOKEN'] ?? (await readText(path.join(dir, 'operator-token')))).trim()
  const call = (route: string, init: RequestInit) => request(url, token, route, init)
  return {
    url,
    get: async (route) => (await call(route, {})).json() as Promise<never>,
    async post(route, body = {}) {
      const headers = { 'content-type': 'application/json' }
      const response = await call(route, { method: 'POST', headers, body: JSON.stringify(body) })
      return response.json() as Promise<never>
    },
    bytes: async (route) => new Uint8Array(await (await call(route, {})).arrayBuffer()),
  }
}

async function addressIn(dir: string): Promise<string> {
  return readText(path.join(dir, 'address')).catch((cause: unknown) => {
    const message = `No coordinator runs from ${dir}; start it, name its folder with --dir, or set COLLEGIUM_URL.`
    throw new CollegiumError('LINK_UNREACHABLE', message, { cause })
  })
}

async function request(url: string, token: string, route: string, init: RequestInit): Promise<Response> {
  const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` }
  let response: Response
  try {
    response = await fetch(`${url}${route}`, { ...init, headers })
  } catch (cause) {
    throw new CollegiumError('LINK_UNREACHABLE', `No coordinator answers at ${url}.`, { cause })
  }
  if (response.ok) return response
  const { error } = (await response.json().catch(() => ({}))) as {
    error?: { code?: unknown; message?: unknown }
  }
  if (!isErrorCode(error?.code))
    throw new CollegiumError(
      'LINK_UNREACHABLE',
      `${url} answered ${response.status}; it may be no coordinator.`,
    )
  throw new CollegiumError(error.code, String(error.message))
}
