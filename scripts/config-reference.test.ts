import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { configReference, configReferenceFile } from './config-reference.ts'

it('docs/ref-config.md says what the schemas say; otherwise run: npm run generate', async () => {
  expect(await readFile(configReferenceFile, 'utf8')).toBe(await configReference())
})
