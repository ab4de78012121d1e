/**
 * Writes the rows of `docker compose up` into examples/compose: three of the demo's made-up hospitals.
 *
 *     node --conditions=source --import tsx scripts/compose-data.ts && npm run format
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateCohort } from '#cli/demo/cohort.ts'

const root = join(import.meta.dirname, '..', 'examples', 'compose')
const cohort = generateCohort({
  seed: 1,
  rowsPerSite: 400,
  publicRows: 800,
  labelledRows: 40,
  holdoutRows: 800,
})

const files: Readonly<Record<string, string>> = {
  'federation/schema.json': `${JSON.stringify(cohort.schema, null, 2)}\n`,
  'federation/public.csv': cohort.transfer,
  'federation/holdout.csv': cohort.holdout,
  ...Object.fromEntries(
    cohort.sites.slice(0, 3).map(({ csv }, index) => [`site-${index + 1}/patients.csv`, csv]),
  ),
}
for (const [name, text] of Object.entries(files)) {
  await mkdir(join(root, name, '..'), { recursive: true })
  await writeFile(join(root, name), text)
  console.log(`examples/compose/${name}`)
}
