import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { readSignedReport } from '#privacy/audit/report.ts'
import { startSource } from '../../test/support/source-process.ts'
import {
  coded,
  releasedRun,
  siteNames,
  siteYaml,
  smallFederation,
  world,
  type SmallFederation,
} from '../../test/support/small-federation.ts'
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
    await madeTeacher(federation, 'north')

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

  it('attacks a student with the rows of the site, and leaves the report on its teacher alone', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    await federation.startSites(coordinator)
    const { files } = await releasedRun(coordinator, { federatedEvaluation: false })
    await federation.stopSite('north')
    const dir = federation.siteDir('north')
    const { hash } = files!.find(({ name }) => name === 'student.onnx')!
    const student = path.join(federation.coordinatorDir, 'releases', 'run-1', 'student.onnx')
    await vi.waitFor(() => expect(existsSync(student)).toBe(true), { timeout: 10_000, interval: 20 })
    const { report } = await auditSite(dir, { ...attack, student })
    expect(report.attacked).toMatchObject({ networkHash: hash, kind: 'student', shadows: 8 })
    expect(report.attacks.map(({ attack: name, artefact, members }) => [name, artefact, members])).toEqual([
      ['threshold', 'student', 48],
      ['likelihood-ratio', 'student', 48],
    ])
    // Points of the plane teach nobody a row by heart: with 24 against 6 measured, a proof needs far more than this.
    for (const { epsilonAtLeast } of report.attacks) expect(epsilonAtLeast).toBeLessThan(1)
    expect(report).toMatchObject({ canaries: null, labelLeak: null, claim: { epsilon: null } })
    const missing = path.join(dir, 'no.onnx')
    await expect(auditSite(dir, { ...attack, student: missing })).rejects.toEqual(coded('CONFIG_UNREADABLE'))
  }, 30_000)

  it('claims what a run under noise has spent, and attacks the site through that noise', async () => {
    const federation = await smallFederation()
    const coordinator = await federation.startCoordinator()
    const teacher = 'teacher: { kind: pate, members: 8, hidden: [], rows: 8, epochs: 10 }'
    const yaml = siteYaml.replace(/teacher:.*/, teacher).replace('[masked, plain]', '[pate]')
    for (const site of siteNames) await writeFile(path.join(federation.siteDir(site), 'site.yaml'), yaml)
    await federation.startSites(coordinator)
    await releasedRun(coordinator, { privacy: 'pate:3', members: 8, delta: 1e-5, federatedEvaluation: false })
    await federation.stopSite('north')
    const { report } = await auditSite(federation.siteDir('north'), attack)
    // The budget's delta, and epsilon as the run was calibrated for; the ledger rounds up.
    expect(report.claim).toMatchObject({
      mode: 'pate',
      unit: 'a row at this site',
      delta: 1e-5,
      questions: 40,
    })
    expect(report.claim.epsilon).toBeGreaterThan(2.9)
    expect(report.claim.epsilon).toBeLessThan(3.01)
    expect(report.attacks.map(({ artefact }) => artefact)).toEqual([
      'answer-before-noise',
      'answer-before-noise',
      'noised-answers',
    ])
    expect(report.attacks[2]!.epsilonAtLeast).toBeLessThan(report.claim.epsilon!)
    expect(report.canaries!.epsilonAtLeast).toBeLessThan(report.claim.epsilon!)
  }, 30_000)

  it('does not vouch for a teacher that is not the one that answers', async () => {
    const federation = await smallFederation()
    await federation.join(await federation.startCoordinator(), 'north')
    await madeTeacher(federation, 'north')
    const dir = federation.siteDir('north')
    await writeFile(path.join(dir, 'site.yaml'), siteYaml.replace('epochs: 30', 'epochs: 29'))
    await expect(auditSite(dir, attack)).rejects.toThrow('have changed since its teacher was made')
  }, 30_000)
})

/** Starts the site, and stops it once it has its teacher. */
async function madeTeacher(federation: SmallFederation, name: string): Promise<void> {
  const notes: string[] = []
  const site = await federation.startSite(name, { onStatus: ({ note }) => notes.push(note) })
  await vi.waitFor(() => expect(notes).toContain('ready'), { timeout: 10_000, interval: 20 })
  await site.close()
}
