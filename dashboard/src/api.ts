/** The coordinator's HTTP interface, as far as an operator's page needs it. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export interface Api {
  /** Resolves when the coordinator has done it; rejects with its own words when it has not. */
  post(path: string, body?: unknown): Promise<void>
  /** Fetches a protected file and hands it to the browser as a download. */
  download(href: string, name: string): Promise<void>
}

export function createApi(token: string): Api {
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${token}`)
    const response = await fetch(path, { ...init, headers }).catch(() => {
      throw new ApiError('LINK_UNREACHABLE', 'The coordinator cannot be reached.')
    })
    if (!response.ok) throw await readError(response)
    return response
  }

  return {
    async post(path, body = {}) {
      const headers = { 'content-type': 'application/json' }
      await call(path, { method: 'POST', headers, body: JSON.stringify(body) })
    },
    async download(href, name) {
      const response = await call(href)
      const url = URL.createObjectURL(await response.blob())
      const link = document.createElement('a')
      link.href = url
      link.download = name
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    },
  }
}

async function readError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as { error?: { code?: string; message?: string } }
  const { code = 'INTERNAL', message = `The coordinator answered ${response.status}.` } = body.error ?? {}
  return new ApiError(code, message)
}
