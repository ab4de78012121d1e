import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { limits } from './limits.ts'

const folders = ['proto', 'federation', 'link', 'coordinator', 'client']
const code = folders
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
  )
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

describe('the limits', () => {
  it.each(Object.keys(limits))('%s is not only written down', (name) => {
    expect(code.includes(`limits.${name}.value`)).toBe(true)
  })

  it('fit into each other', () => {
    const value = (name: keyof typeof limits) => limits[name].value
    const overhead = 1024 // header, signature and key id of an envelope take about 200 bytes
    expect(value('shareBytes') + overhead).toBeLessThan(value('frameBytes'))
    expect(value('blobChunkBytes') + overhead).toBeLessThan(value('frameBytes'))
    expect(value('inboxQuestions') * value('manifestBytes') + overhead).toBeLessThan(value('frameBytes'))
    expect(value('shareBytes') % 4).toBe(0)
    // A request must not outlive the envelope it travels in.
    expect(value('requestTimeoutMs')).toBeLessThan(value('envelopeLifetimeMs'))
    // Four bytes of UTF-8 at most for each character of an error's sentence and hint.
    expect(2 * 4 * value('messageCharacters') + overhead).toBeLessThan(value('smallBodyBytes'))
  })
})
