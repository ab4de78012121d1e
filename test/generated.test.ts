import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('what is generated and checked in is what the generator makes', async () => {
  const script = ['--conditions=source', '--import', 'tsx', 'scripts/generate.ts', '--check']
  const stale = await promisify(execFile)(process.execPath, script).then(
    () => '',
    (error: { stderr: string }) => error.stderr,
  )
  expect(stale).toBe('')
})
