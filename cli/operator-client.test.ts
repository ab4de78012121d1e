import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { tempFolder } from '../test/support/temp-folder.ts'
import { connectOperator } from './operator-client.ts'

/** A server that answers every request with this status and body, and remembers what it was asked. */
async function server(status: number, body: string) {
  const asked: { method?: string; url?: string; authorization?: string; body: string }[] = []
  const http = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      asked.push({ method, url, authorization: headers.authorization ?? '', body: text })
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void http.close())
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, asked }
}

describe('connectOperator', () => {
  it('takes address and token from the folder and sends them', async () => {
    const { url, asked } = await server(200, '{"run":"run-1"}')
    const dir = await tempFolder()
    await writeFile(path.join(dir, 'address'), `${url}\n`)
    await writeFile(path.join(dir, 'operator-token'), 'secret\n')
    const operator = await connectOperator(dir, {})
    expect(await operator.post('/api/runs', { seed: 2 })).toEqual({ run: 'run-1' })
    expect(asked).toEqual([
      { method: 'POST', url: '/api/runs', authorization: 'Bearer secret', body: '{"seed":2}' },
    ])
  })

  it('prefers the environment', async () => {
    const { url, asked } = await server(200, '[]')
    const operator = await connectOperator('/nonexistent', {
      COLLEGIUM_URL: `${url}/`,
      COLLEGIUM_TOKEN: 'other',
    })
    expect(await operator.get('/api/runs')).toEqual([])
    expect(asked[0]).toMatchObject({ url: '/api/runs', authorization: 'Bearer other' })
  })

  it("passes on the coordinator's coded errors", async () => {
    const { url } = await server(
      401,
      '{"error":{"code":"TOKEN_WRONG","message":"The operator token is wrong.","hint":""}}',
    )
    const operator = await connectOperator('', { COLLEGIUM_URL: url, COLLEGIUM_TOKEN: 'x' })
    await expect(operator.get('/api/runs')).rejects.toMatchObject({
      code: 'TOKEN_WRONG',
      message: 'The operator token is wrong.',
    })
  })

  it('says when there is no coordinator, or something else in its place', async () => {
    await expect(connectOperator(await tempFolder(), {})).rejects.toMatchObject({ code: 'LINK_UNREACHABLE' })
    const { url } = await server(404, '<html>')
    const other = await connectOperator('', { COLLEGIUM_URL: url, COLLEGIUM_TOKEN: 'x' })
    await expect(other.get('/api/runs')).rejects.toThrow(/answered 404; it may be no coordinator/)
    const nobody = await connectOperator('', { COLLEGIUM_URL: 'http://127.0.0.1:1', COLLEGIUM_TOKEN: 'x' })
    await expect(nobody.get('/api/runs')).rejects.toMatchObject({ code: 'LINK_UNREACHABLE' })
  })
})
