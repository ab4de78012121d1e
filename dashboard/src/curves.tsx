import type { CurvePoint } from '#proto/snapshot.ts'
import { Chart } from './chart.tsx'

/** How the student learns: its loss, and its accuracy, its error on a number or its log-loss on several targets, where there is a labelled hold-out to measure it on. */
export function Curves({ curve }: { readonly curve: readonly CurvePoint[] }) {
  const epochs = curve.map(({ epoch }) => epoch)
  // An epoch that opens a later round: the student has just been given more answers to learn from.
  const openings = curve.filter((point, i) => i > 0 && point.round !== curve[i - 1]?.round)
  const rounds = openings.map(({ epoch }) => epoch)
  const measured = [
    { title: 'Student accuracy', values: curve.map(({ accuracy }) => accuracy ?? null) },
    { title: 'Student error (RMSE)', values: curve.map(({ rmse }) => rmse ?? null) },
    { title: 'Student log-loss, all targets', values: curve.map(({ nll }) => nll ?? null) },
  ].find(({ values }) => values.some((value) => value !== null))
  return (
    <>
      <Chart
        title="Student loss"
        wide={!measured}
        epochs={epochs}
        values={curve.map(({ loss }) => loss)}
        rounds={rounds}
      />
      {measured && <Chart {...measured} epochs={epochs} rounds={rounds} />}
    </>
  )
}
