/** uPlot as this page uses it: one line over epochs, in the colours of the style sheet. */
import uPlot from 'uplot'

interface PlotOptions {
  readonly logarithmic: boolean
  /** Epochs to mark with a vertical line. */
  readonly rounds: () => readonly number[]
  /** The index under the pointer, or null. */
  readonly onPoint: (index: number | null) => void
}

export function createPlot(host: HTMLElement, { logarithmic, rounds, onPoint }: PlotOptions): uPlot {
  const style = getComputedStyle(host)
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const axis: uPlot.Axis = {
    font: `12px ${style.fontFamily}`,
    stroke: colour('--quiet'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  }
  return new uPlot(
    {
      width: host.clientWidth,
      height: host.clientHeight,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, sync: { key: 'epochs' } },
      scales: { x: { time: false }, y: logarithmic ? decades : {} },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: 28,
          space: 60,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
        },
        {
          ...axis,
          size: 48,
          space: 36,
          ...(logarithmic && { grid: { ...axis.grid, filter: wholeDecades } }),
        },
      ],
      series: [
        {},
        {
          stroke: colour('--accent'),
          fill: colour('--accent-wash'),
          width: 2,
          pxAlign: 0,
          spanGaps: true,
          points: { show: ({ data }) => data[0].length < 3, size: 6, fill: colour('--accent') },
        },
      ],
      hooks: {
        setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)],
        drawAxes: [(plot) => drawRounds(plot, rounds(), colour('--quiet'))],
      },
    },
    [[], []],
    host,
  )
}

/** A logarithmic scale just wider than its values; uPlot's own would reach out to whole decades. */
const decades: uPlot.Scale = {
  distr: 3,
  range: (_plot, least, most) => [least / 1.3, most * 1.3],
}
const wholeDecades = (_plot: uPlot, splits: number[]) =>
  splits.map((value) => (Number.isInteger(Math.log10(value)) ? value : null))

function drawRounds(plot: uPlot, rounds: readonly number[], stroke: string): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.strokeStyle = stroke
  ctx.globalAlpha = 0.6
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([2 * devicePixelRatio, 4 * devicePixelRatio])
  for (const epoch of rounds) {
    const x = plot.valToPos(epoch - 0.5, 'x', true)
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
  }
  ctx.restore()
}
