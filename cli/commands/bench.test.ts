/** What `collegium bench` refuses before it measures anything. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { startSource } from '../../test/support/source-process.ts'
import { tempFolder } from '../../test/support/temp-folder.ts'

async function bench(...args: string[]) {
  return startSource('cli/main.ts', ['bench', ...args]).ended
}

it.each([
  [['speed'], 'There is no suite "speed"; there is engine'],
  [['engine', '--repeats', '2'], 'a whole number of at least 5'],
  [['engine', '--only', 'lstm'], 'is called "lstm". There are: MLP 64-256-128-10, batch 128;'],
  [['engine', '--only', 'mlp', '--markdown', 'a.md'], 'leave out --only and --quick'],
])('%j is told: %s', async (args, told) => {
  const { code, stderr } = await bench(...args)
  expect(stderr).toContain(told)
  expect(code).toBe(2)
})

it('a document without a place for the tables is told at once', async () => {
  const document = path.join(await tempFolder(), 'a.md')
  await writeFile(document, '# Figures\n')
  const { code, stderr } = await bench('engine', '--markdown', document)
  expect(stderr).toContain('The document has no lines <!-- bench engine -->')
  expect(code).toBe(2)
})
