import { readFile } from 'node:fs/promises'
import path from 'node:path'
import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import { CollegiumError } from '#proto/errors.ts'
import type { RunView } from '#proto/snapshot.ts'
import { exampleReport } from '../test/support/example-report.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import type { Context } from './command.ts'
import type { OperatorClient } from './operator-client.ts'
import { createProgress } from './progress.ts'
import { watchRun } from './watch-run.ts'

const color = pc.createColors(false)

/** A context whose output is kept. */
function recorder(json: boolean) {
  const stdout: string[] = []
  let stderr = ''
  const progress = createProgress({
    mode: json ? 'silent' : 'lines',
    write: (text) => (stderr += text),
    size: () => ({ columns: 80, rows: 24 }),
    clock: () => 0,
    color,
  })
  const context: Context = {
    output: {
      json,
      color,
      progress,
      result: (value, human) => void stdout.push(json ? JSON.stringify(value) : human(color)),
      note: (line) => progress.note(line),
    },
    interrupted: new AbortController().signal,
  }
  return { context, stdout, stderr: () => stderr }
}

const asking: RunView = {
  run: 'run-1',
  phase: 'asking',
  round: 0,
  rounds: 1,
  startedAtMs: 1000,
  roster: ['north', 'south'],
  question: { id: 'q', purpose: 'teach', items: 5, answered: ['north'], refused: [], expiresAtMs: 9000 },
  curve: [],
  arms: [],
  files: [],
}
const released: RunView = {
  ...asking,
  phase: 'released',
  endedAtMs: 13_300,
  arms: [{ name: 'student', kind: 'student', metrics: { accuracy: 0.9 } }],
  files: [{ name: 'student.onnx', href: '/api/runs/run-1/files/student.onnx', bytes: 3 }],
}

/** A coordinator that shows these views one after another; an error stands for a coordinator that is away. */
function coordinator(views: readonly (RunView | Error)[]): OperatorClient {
  let next = 0
  const answers: Record<string, () => unknown> = {
    '/api/runs': () => [asking],
    '/api/runs/run-1/report': () => exampleReport,
    '/api/runs/run-1': () => views[next++],
  }
  return {
    url: 'http://127.0.0.1:1',
    async get(route) {
      const answer = answers[route]?.()
      if (answer instanceof Error) throw answer
      return answer as never
    },
    post: () => Promise.reject(new Error('unused')),
    bytes: async () => new Uint8Array([1, 2, 3]),
  }
}

describe('watchRun', () => {
  it('ends with the table of the newest run and saves its files', async () => {
    const out = path.join(await tempFolder(), 'student')
    const { context, stdout, stderr } = recorder(false)
    await watchRun(coordinator([asking, { ...asking, phase: 'distilling' }, released]), context, {
      out,
      pollMs: 0,
    })
    const lines = stdout.join('\n').split('\n')
    expect(lines[0]).toBe('run-1 released after 12.3 s: student.onnx (3 B)')
    expect(lines[3]).toMatch(/^student +0\.900/)
    expect(stderr()).toContain('answers teach:  50 % 1 of 2 sites')
    expect(stderr()).toContain('run-1: distilling the student, round 1 of 1')
    expect([...(await readFile(path.join(out, 'student.onnx')))]).toEqual([1, 2, 3])
  })

  it('claims of a question only what was seen of it', async () => {
    const { question, ...closed } = asking
    const views = (answered: string[]) => [
      { ...asking, question: { ...question!, answered: [] } },
      { ...asking, question: { ...question!, answered } },
      { ...closed, phase: 'distilling' as const },
      released,
    ]
    const missed = recorder(false)
    await watchRun(coordinator(views(['north'])), missed.context, { pollMs: 0 })
    expect(missed.stderr()).toContain('answers teach: 100 % the question is closed')
    expect(missed.stderr().match(/asking the sites/g)).toHaveLength(1)
    const seen = recorder(false)
    await watchRun(coordinator(views(['north', 'south'])), seen.context, { pollMs: 0 })
    expect(seen.stderr()).toContain('answers teach: 100 % 2 of 2 sites')
  })

  it('prints in JSON the report alone, or behind a line for each change', async () => {
    const alone = recorder(true)
    await watchRun(coordinator([asking, released]), alone.context, { run: 'run-1', pollMs: 0 })
    expect(alone.stdout).toEqual([JSON.stringify(exampleReport)])
    const phases = recorder(true)
    await watchRun(coordinator([asking, asking, released]), phases.context, { phases: true, pollMs: 0 })
    expect(phases.stdout.map((line) => (JSON.parse(line) as { phase?: string }).phase)).toEqual([
      'asking',
      'released',
      undefined,
    ])
  })

  it('waits for a coordinator that is restarted', async () => {
    const away = new CollegiumError('LINK_UNREACHABLE', 'No coordinator answers.')
    const { context, stdout, stderr } = recorder(false)
    await watchRun(coordinator([asking, away, away, released]), context, { pollMs: 0 })
    expect(stderr().match(/does not answer/g)?.length).toBe(1)
    expect(stdout.length).toBe(1)
  })

  it('fails as the run fails, with its reason', async () => {
    const failed: RunView = { ...asking, phase: 'failed', failure: 'RUN_NO_QUORUM, 1 of 2 sites answered' }
    await expect(
      watchRun(coordinator([failed]), recorder(false).context, { pollMs: 0 }),
    ).rejects.toMatchObject({
      code: 'RUN_FAILED',
      message: 'run-1 failed: RUN_NO_QUORUM, 1 of 2 sites answered.',
    })
  })
})
