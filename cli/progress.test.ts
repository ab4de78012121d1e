import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import { createProgress, renderBar } from './progress.ts'

const color = pc.createColors(false)

function recorder(mode: 'bars' | 'lines' | 'silent', rows = 24) {
  let text = ''
  let now = 0
  const progress = createProgress({
    mode,
    write: (chunk) => (text += chunk),
    size: () => ({ columns: 80, rows }),
    clock: () => now,
    color,
  })
  return { progress, text: () => text, wait: (ms: number) => (now += ms) }
}

/** What a terminal shows after these bytes: understands "cursor up" and "erase below", as the renderer uses them. */
function screen(text: string): string[] {
  const lines: string[] = ['']
  // Split in front of every escape and every newline; an escape's own text ends at its final letter.
  for (const part of text.replaceAll('\u001B', '␛').split(/(?=[␛\n])/)) {
    const last = lines.length - 1
    const up = /^\[(\d+)A/.exec(part.slice(1))
    if (up) lines.splice(-1 - Number(up[1]), Number(up[1]))
    else if (part.startsWith('[0J', 1)) lines[last] = part.slice(4)
    else if (part.startsWith('\n')) lines.push(part.slice(1))
    else lines[last] = lines[last] + part
  }
  return lines.slice(0, -1)
}

describe('renderBar', () => {
  it('shows label, bar, share and note', () => {
    // half of 24 cells
    const line = renderBar(
      { label: 'north', fraction: 0.5, note: 'epoch 3' },
      { labelWidth: 6, columns: 80, color },
    )
    expect(line).toBe(`north   ${'█'.repeat(12)}${'░'.repeat(12)}  50 % epoch 3`)
  })

  it('never exceeds the width, and is not thrown by shares outside [0, 1]', () => {
    for (const fraction of [-1, 0, 0.999, 1, 7]) {
      const line = renderBar(
        { label: 'a', fraction, note: 'x'.repeat(200) },
        { labelWidth: 1, columns: 60, color },
      )
      expect(line.length).toBeLessThanOrEqual(60)
    }
  })
})

describe('bars on a terminal', () => {
  it('redraws several bars in place and lets finished ones and notes scroll above', () => {
    const { progress, text, wait } = recorder('bars')
    const north = progress.bar('north')
    const south = progress.bar('south')
    wait(100)
    north.update(0.25, 'training')
    progress.note('a note')
    south.finish('ready')
    const shown = screen(text())
    expect(shown.map((line) => line.replace(/[█░]+/, '|'))).toEqual([
      'a note',
      'south  | 100 % ready',
      'north  |  25 % training',
    ])
    progress.stop()
    expect(screen(text()).slice(0, 2)).toEqual(shown.slice(0, 2))
    expect(screen(text()).length).toBe(2)
  })

  it('draws at most ten times a second', () => {
    const { progress, text, wait } = recorder('bars')
    const bar = progress.bar('north')
    const before = text().length
    wait(99)
    bar.update(0.5)
    expect(text().length).toBe(before)
    wait(1)
    bar.update(0.6)
    expect(text().length).toBeGreaterThan(before)
  })

  it('fits more bars than the terminal has lines', () => {
    const { progress, text } = recorder('bars', 6)
    for (let site = 1; site <= 20; site++) progress.bar(`site ${site}`)
    const shown = screen(text())
    expect(shown.length).toBe(4)
    expect(shown.at(-1)).toBe('… and 17 more')
  })
})

describe('progress where there is no terminal', () => {
  it('is a line at the start, at each quarter and at the end', () => {
    const { progress, text } = recorder('lines')
    const bar = progress.bar('north')
    for (let step = 0; step <= 100; step++) bar.update(step / 100, `epoch ${step}`)
    bar.finish()
    bar.finish()
    progress.note('done')
    expect(text().split('\n')).toEqual([
      'north:   0 % epoch 0',
      'north:  25 % epoch 25',
      'north:  50 % epoch 50',
      'north:  75 % epoch 75',
      'north: 100 % epoch 75',
      'done',
      '',
    ])
  })

  it('is nothing at all when silent', () => {
    const { progress, text } = recorder('silent')
    progress.bar('north').update(1)
    progress.note('a note')
    progress.stop()
    expect(text()).toBe('')
  })
})
