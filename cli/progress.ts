/**
 * Progress of several things at once.
 *
 * On a terminal each unfinished bar is a line of a block at the bottom, redrawn in place; a finished bar
 * and every note scroll away above it. Elsewhere a bar is a few plain lines: at its start, at each quarter
 * and at its end. Nothing is drawn by a timer, so progress keeps no process alive.
 */
import type { Colors } from './colors.ts'

export interface Bar {
  /** `fraction` in [0, 1]; `note` says what is going on, in a few words. */
  update(fraction: number, note?: string): void
  finish(note?: string): void
}

export interface Progress {
  bar(label: string): Bar
  note(line: string): void
  /** Takes the block off the screen; unfinished bars are left out. */
  stop(): void
}

export interface ProgressOptions {
  readonly mode: 'bars' | 'lines' | 'silent'
  readonly write: (text: string) => void
  readonly size: () => { columns: number; rows: number }
  /** Milliseconds; only differences matter. */
  readonly clock: () => number
  readonly color: Colors
}

interface BarState {
  readonly label: string
  fraction: number
  note: string
}

const redrawMs = 100
const cells = 24

export function createProgress(options: ProgressOptions): Progress {
  if (options.mode === 'silent') return { bar: () => ({ update() {}, finish() {} }), note() {}, stop() {} }
  return options.mode === 'bars' ? liveBars(options) : plainLines(options)
}

function liveBars({ write, size, clock, color }: ProgressOptions): Progress {
  const live: BarState[] = []
  let drawn = 0
  let drawnAt = -Infinity
  let labelWidth = 0

  const erase = () => {
    if (drawn > 0) write(`\u001B[${drawn}A\u001B[0J`)
    drawn = 0
  }
  const draw = () => {
    erase()
    const { columns, rows } = size()
    const room = Math.max(1, rows - 2)
    const shown = live.length > room ? live.slice(0, room - 1) : live
    const lines = shown.map((bar) => renderBar(bar, { labelWidth, columns, color }))
    if (shown.length < live.length) lines.push(color.dim(`… and ${live.length - shown.length} more`))
    if (lines.length > 0) write(`${lines.join('\n')}\n`)
    drawn = lines.length
    drawnAt = clock()
  }
  const above = (line: string) => {
    erase()
    write(`${line}\n`)
    draw()
  }

  return {
    bar(label) {
      const bar: BarState = { label, fraction: 0, note: '' }
      live.push(bar)
      labelWidth = Math.max(labelWidth, label.length)
      draw()
      return {
        update(fraction, note = bar.note) {
          Object.assign(bar, { fraction, note })
          if (clock() - drawnAt >= redrawMs) draw()
        },
        finish(note = bar.note) {
          const index = live.indexOf(bar)
          if (index < 0) return
          live.splice(index, 1)
          above(renderBar({ ...bar, fraction: 1, note }, { labelWidth, columns: size().columns, color }))
        },
      }
    },
    note: above,
    stop() {
      erase()
      live.length = 0
    },
  }
}

function plainLines({ write }: ProgressOptions): Progress {
  return {
    bar(label) {
      let quarter = -1
      let said = ''
      const say = (fraction: number, note: string) => {
        said = note
        write(`${label}: ${percent(fraction)}${note && ` ${note}`}\n`)
      }
      return {
        update(fraction, note = said) {
          const reached = Math.floor(fraction * 4)
          if (reached <= quarter || reached >= 4) return
          quarter = reached
          say(fraction, note)
        },
        finish(note = said) {
          if (quarter === 4) return
          quarter = 4
          say(1, note)
        },
      }
    },
    note: (line) => write(`${line}\n`),
    stop() {},
  }
}

/** One bar as one line of at most `columns` characters: "north  ██████░░░░░░   50 % epoch 3 of 6". */
export function renderBar(
  { label, fraction, note }: Readonly<BarState>,
  { labelWidth, columns, color }: { labelWidth: number; columns: number; color: Colors },
): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * cells)
  const head = label.padEnd(labelWidth)
  const share = percent(fraction)
  const room = columns - head.length - cells - share.length - 5
  const short = note.length > room ? `${note.slice(0, Math.max(0, room - 1))}…` : note
  return `${head}  ${color.green('█'.repeat(full))}${color.dim('░'.repeat(cells - full))} ${share} ${color.dim(short)}`
}

function percent(fraction: number): string {
  return `${Math.floor(Math.min(1, Math.max(0, fraction)) * 100)} %`.padStart(5)
}
