import type { CurvePoint } from '#proto/snapshot.ts'
import { Chart } from './chart.tsx'

/** How the student learns: its loss, and its accuracy where there is a labelled hold-out to measure it on. */
export function Curves({ curve }: { readonly curve: readonly CurvePoint[] }) {
  const epochs = curve.map(({ epoch }) => epoch)
  // An epoch that opens a later round: the student has just been given more answers to learn from.
  const openings = curve.filter((point, i) => i > 0 && point.round !== curve[i - 1]?.round)
  const rounds = openings.map(({ epoch }) => epoch)
  const accuracy = curve.map(({ accuracy }) => accuracy ?? null)
  const measured = accuracy.some((value) => value !== null)
  return (
    <>
      <Chart
        title="Student loss"
        wide={!measured}
        epochs={epochs}
        values={curve.map(({ loss }) => loss)}
        rounds={rounds}
      />
      {measured && <Chart title="Student accuracy" epochs={epochs} values={accuracy} rounds={rounds} />}
    </>
  )
}
