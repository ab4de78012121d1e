import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { readSignedReport } from '#privacy/audit/report.ts'
import { startSource } from '../../test/support/source-process.ts'
import { coded, smallFederation, world } from '../../test/support/small-federation.ts'
import { auditSite } from './site-audit.ts'

const attack = { shadows: 8, temperature: 2, signal: new AbortController().signal, ...world }

describe('the audit of a site', () => {
  it('needs a site that has made its teacher, and does not run', async () => {
    const federation = await smallFederation()
    const dir = federation.siteDir('north')
    await federation.join(await federation.startCoordinator(), 'north')
    await expect(auditSite(dir, attack)).rejects.toEqual(coded('AUDIT_IMPOSSIBLE'))
    await federation.startSite('north')
    await expect(auditSite(dir, attack)).rejects.toEqual(coded('STORE_IN_USE'))
  })

  it('signs what it finds, and the command shows, writes and checks it', async () => {
    const federation = await smallFederation()
    const dir = federation.siteDir('north')
    const coordinator = await federation.startCoordinator()
    await federation.join(coordinator, 'north')
    const notes: string[] = []
    const site = await federation.startSite('north', { onStatus: ({ note }) => notes.push(note) })
    await vi.waitFor(() => expect(notes).toContain('ready'), { timeout: 10_000, interval: 20 })
    await site.close()

    const client = async (...args: string[]) => {
      const { lines, ended } = startSource('cli/main.ts', ['client', 'audit', ...args])
      const stdout: string[] = []
      for await (const line of lines) stdout.push(line)
      return { ...(await ended), text: stdout.join('\n') }
    }
    const audited = await client('--dir', dir, '--shadows', '8')
    expect(audited).toMatchObject({ code: 0 })
    expect(audited.text).toContain('likelihood-ratio')
    expect(audited.text).toContain('claimed: no differential privacy')

    const file = path.join(dir, 'privacy-report.json')
    const { publicKey } = coordinator.core.state().sites['north']!
    const { report } = readSignedReport(JSON.parse(await readFile(file, 'utf8')), publicKey)
    // 60 rows, a fifth of them held out.
    expect(report.attacks[0]).toMatchObject({ attack: 'threshold', members: 48, nonMembers: 12 })
    expect(report).toMatchObject({ site: 'north', claim: { epsilon: null, questions: 0 } })
    expect(await readFile(path.join(dir, 'privacy-report.md'), 'utf8')).toContain('# Privacy report of north')

    const checked = await client('--check', file, '--json')
    expect(checked.code).toBe(0)
    expect(readSignedReport(JSON.parse(checked.text)).report).toEqual(report)
  }, 30_000)
})
