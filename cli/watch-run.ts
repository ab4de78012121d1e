/** Follows one run over the operator's API until it is released or has failed. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '#distill/report.ts'
import { CollegiumError, errorCodeOf } from '#proto/errors.ts'
import type { RunPhase, RunView } from '#proto/snapshot.ts'
import { writeFileDurably } from '#store/files.ts'
import type { Context } from './command.ts'
import type { OperatorClient } from './operator-client.ts'
import type { Bar } from './progress.ts'
import { reportText } from './report-text.ts'
import { bytes, count, duration } from './units.ts'

export interface WatchOptions {
  /** Default: the newest run. */
  readonly run?: string | undefined
  /** Folder to save the released files in. */
  readonly out?: string | undefined
  /** With `--json`: also print a line at each change of phase, in front of the report. */
  readonly phases?: boolean
  readonly pollMs?: number
}

/**
 * Resolves with the run's name and whether it was seen to be released; if not, the watching was interrupted.
 * Rejects with `RUN_UNKNOWN`, or with `RUN_FAILED` and the run's own reason.
 */
export async function watchRun(
  operator: OperatorClient,
  context: Context,
  options: WatchOptions,
): Promise<{ run: string; released: boolean }> {
  const { output, interrupted } = context
  const run = options.run ?? (await newestRun(operator))
  const show = follower(context, options.phases ?? false)
  let misses = 0
  while (!interrupted.aborted) {
    try {
      const view = await operator.get<RunView>(`/api/runs/${run}`)
      misses = 0
      show(view)
      if (view.phase === 'failed')
        throw new CollegiumError('RUN_FAILED', `${run} failed: ${view.failure ?? 'no reason'}.`)
      if (view.phase === 'released') {
        await finish(operator, context, view, options.out)
        return { run, released: true }
      }
    } catch (error) {
      // A coordinator that is being restarted resumes the run; whoever watches can wait for it.
      if (errorCodeOf(error) !== 'LINK_UNREACHABLE' || ++misses > patience) throw error
      if (misses === 1) output.note('the coordinator does not answer; trying again')
    }
    await sleep(options.pollMs ?? 500, undefined, { signal: interrupted }).catch(() => undefined)
  }
  return { run, released: false }
}

/** Unanswered looks in a row before giving up: a minute, at the usual pace. */
const patience = 120

async function newestRun(operator: OperatorClient): Promise<string> {
  const newest = (await operator.get<RunView[]>('/api/runs')).at(-1)
  if (!newest) throw new CollegiumError('RUN_UNKNOWN', 'There is no run yet.')
  return newest.run
}

/** Says what changed since the last look: a line for each phase, and a bar for each question. */
function follower({ output }: Context, phases: boolean): (view: RunView) => void {
  let before = ''
  let question: { id: string; bar: Bar; answered: number } | undefined
  return (view) => {
    const sites = view.roster.length
    const answered = view.question?.answered.length ?? 0
    const last = view.curve.at(-1)
    const tried = view.phase === 'distilling' ? view.trials : undefined
    const now = {
      run: view.run,
      phase: view.phase,
      round: view.round,
      answered,
      roster: sites,
      ...(tried && { trials: tried.made }),
    }
    const asked = view.phase === 'asking' ? view.question : undefined
    if (question && question.id !== asked?.id) {
      // It closed between two looks; how many had answered by then is in the journal, not here.
      const all = question.answered === sites
      question.bar.finish(all ? `${sites} of ${sites} sites` : 'the question is closed')
      question = undefined
    }
    if (asked) {
      const { id, purpose } = asked
      question ??= { id, bar: output.progress.bar(`answers ${purpose}`), answered }
      question.answered = answered
      question.bar.update(answered / Math.max(1, sites), `${answered} of ${sites} sites`)
    }
    // A program hears of each answer; for a person the bar has said that already.
    const heard = JSON.stringify(output.json ? now : { ...now, answered: 0 })
    if (heard === before) return
    before = heard
    if (output.json) return phases ? output.result(now, String) : undefined
    const loss =
      view.phase === 'evaluating' && last ? `, loss ${last.loss.toFixed(4)} after ${last.epoch} epochs` : ''
    const earlier = view.reused === undefined ? '' : `, with ${count(view.reused, 'sum')} of earlier runs`
    const trials = tried ? `, ${tried.made} of ${count(tried.of, 'trial')} made` : ''
    output.note(
      `${view.run}: ${phaseWords[view.phase]}, round ${view.round + 1} of ${view.rounds}${trials}${earlier}${loss}`,
    )
  }
}

const phaseWords: Readonly<Record<RunPhase, string>> = {
  asking: 'asking the sites',
  summing: 'summing their answers',
  distilling: 'distilling the student',
  evaluating: 'measuring the student',
  releasing: 'checking and releasing the student',
  released: 'released',
  failed: 'failed',
}

async function finish(operator: OperatorClient, { output }: Context, view: RunView, out: string | undefined) {
  if (out !== undefined) {
    await mkdir(out, { recursive: true })
    for (const { name, href } of view.files) {
      await writeFileDurably(path.join(out, path.basename(name)), await operator.bytes(href))
    }
    output.note(`saved ${view.files.map(({ name }) => name).join(', ')} in ${out}`)
  }
  const report = await operator.get<Report>(`/api/runs/${view.run}/report`)
  output.result(report, (color) => {
    const seconds = ((view.endedAtMs ?? view.startedAtMs) - view.startedAtMs) / 1000
    const files = view.files.map(({ name, bytes: size }) => `${name} (${bytes(size)})`).join(', ')
    return [
      `${color.bold(view.run)} released after ${duration(seconds)}: ${files}`,
      '',
      reportText(report, color),
    ].join('\n')
  })
}
