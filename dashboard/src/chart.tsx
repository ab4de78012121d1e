import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type uPlot from 'uplot'
import { figure } from './format.ts'
import { createPlot } from './plot.ts'
import { useTheme } from './use-theme.ts'

interface ChartProps {
  readonly title: string
  /** Ascending. */
  readonly epochs: readonly number[]
  readonly values: readonly (number | null)[]
  /** First epochs of the rounds after the first. */
  readonly rounds: readonly number[]
  readonly wide?: boolean
}

/** One curve. The number in its head follows the pointer, and is the latest value otherwise. */
export function Chart({ title, epochs, values, rounds, wide }: ChartProps) {
  const id = useId()
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const marks = useRef(rounds)
  const [pointed, setPointed] = useState<number | null>(null)
  const theme = useTheme()
  const logarithmic = spansDecades(values)

  useEffect(() => {
    if (host.current === null) return undefined
    const element = host.current
    const created = createPlot(element, {
      logarithmic,
      rounds: () => marks.current,
      onPoint: setPointed,
    })
    plot.current = created
    const observer = new ResizeObserver(() =>
      created.setSize({ width: element.clientWidth, height: element.clientHeight }),
    )
    observer.observe(element)
    return () => {
      observer.disconnect()
      created.destroy()
      plot.current = null
    }
  }, [theme, logarithmic])

  useEffect(() => {
    marks.current = rounds
    plot.current?.setData([[...epochs], [...values]])
  }, [theme, logarithmic, epochs, values, rounds])

  const index = pointed ?? values.findLastIndex((value) => value !== null)
  const shown = values[index]
  const words = shown == null ? 'no value yet' : `${figure(shown)} after epoch ${epochs[index]}`
  return (
    <section class={wide ? 'card wide' : 'card'} aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        {shown != null && (
          <p class="numeric">
            <strong>{figure(shown)}</strong> <span class="quiet">epoch {epochs[index]}</span>
          </p>
        )}
      </div>
      <div class="plot" ref={host} role="img" aria-label={`${title}: ${words}`} />
    </section>
  )
}

/** A curve that falls by more than a factor of 30 says nothing on a linear scale: it hugs the axis. */
function spansDecades(values: readonly (number | null)[]): boolean {
  const present = values.filter((value) => value !== null)
  const least = Math.min(...present)
  return least > 0 && Math.max(...present) > 30 * least
}
