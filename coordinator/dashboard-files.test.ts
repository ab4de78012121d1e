import { readFile, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Logger } from '#federation/ports.ts'
import { dashboardFolder } from './dashboard-files.ts'

const warnings: string[] = []
const log: Logger = { info: () => {}, warn: (_fields, line) => warnings.push(line), error: () => {} }

describe('dashboardFolder', () => {
  it('has a page that loads everything from its own origin and runs nothing inline', async () => {
    const html = await readFile(path.join(await dashboardFolder(log), 'index.html'), 'utf8')
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link)
    expect(links.length).toBeGreaterThanOrEqual(3) // icon, style sheet, script
    expect(links.filter((link) => !link?.startsWith('./'))).toEqual([])
    expect(html).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\bon\w+=/)
    expect(warnings).toEqual([])
  })

  it('builds only when a source is newer', async () => {
    const page = path.join(await dashboardFolder(log), 'index.html')
    const { mtimeMs } = await stat(page)
    await dashboardFolder(log)
    expect((await stat(page)).mtimeMs).toBe(mtimeMs)
    await utimes(page, 0, 0)
    await dashboardFolder(log)
    expect((await stat(page)).mtimeMs).toBeGreaterThan(0)
  })
})
