/** The sites' signed privacy reports, as files that the operator has put into a folder. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ReportFile } from './release-gate.ts'

/** Every .json file of the folder, by name; none when there is no such folder. What is not JSON reads as null. */
export async function readSiteReports(folder: string): Promise<ReportFile[]> {
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((name) => name.endsWith('.json')).toSorted()
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(path.join(folder, name), 'utf8').catch(() => 'null')
      try {
        return { name, json: JSON.parse(text) as unknown }
      } catch {
        return { name, json: null }
      }
    }),
  )
}
