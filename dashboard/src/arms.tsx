import type { ArmView } from '#proto/snapshot.ts'
import { metric as show } from './format.ts'
import { bestOf, direction, metricName, metricsOf, rankArms, stripScale, summary } from './metrics.ts'

const roles: Readonly<Record<ArmView['kind'], string>> = {
  student: 'what the federation releases',
  'without-privacy': 'the same without differential privacy',
  ensemble: 'all teachers together',
  pooled: 'one model on everyone’s data: the ceiling',
  'no-distillation': 'public labels alone: the floor',
  teacher: 'one site alone',
}

/** The table a run ends with. The first metric is drawn as a dot beside its number, on one common scale. */
export function Arms({ arms }: { readonly arms: readonly ArmView[] }) {
  const metrics = metricsOf(arms)
  const headline = metrics[0]
  if (headline === undefined) return null
  const best = Object.fromEntries(metrics.map((metric) => [metric, bestOf(arms, metric)]))
  const scale = stripScale(
    arms.map(({ metrics }) => metrics[headline]).filter((value) => typeof value === 'number'),
  )
  return (
    <section class="card wide" aria-labelledby="arms-title">
      <div class="card-head">
        <h2 id="arms-title">Result</h2>
        <p class="quiet numeric">{summary(arms)}</p>
      </div>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="arms-title">
        <table class="arms">
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col" class="strip-head">
                <span class="sr-only">Drawn</span>
                <div aria-hidden="true">
                  <span>{scale[0].toFixed(2)}</span>
                  <span>{scale[1].toFixed(2)}</span>
                </div>
              </th>
              {metrics.map((metric) => (
                <th scope="col" class="number" key={metric} title={`${direction(metric)} is better`}>
                  {metricName(metric)}
                  <span aria-hidden="true">{direction(metric) === 'lower' ? ' ↓' : ''}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rankArms(arms, headline).map((arm) => (
              <tr key={`${arm.kind} ${arm.name}`} class={`arm-${arm.kind}`}>
                <th scope="row">
                  {arm.name} <span class="quiet">{roles[arm.kind]}</span>
                </th>
                <td class="strip">
                  <Dot value={arm.metrics[headline]} scale={scale} />
                </td>
                {metrics.map((metric) => (
                  <td
                    key={metric}
                    class={isBest(arm.metrics[metric], best[metric]) ? 'number best' : 'number'}
                  >
                    {show(arm.metrics[metric])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Best as shown: arms that print the same number are equally bold. */
const isBest = (value: number | null | undefined, best: number | undefined) =>
  best !== undefined && show(value) === show(best)

function Dot({
  value,
  scale: [low, high],
}: {
  value: number | null | undefined
  scale: readonly [number, number]
}) {
  if (typeof value !== 'number') return null
  return (
    <svg aria-hidden="true" width="100%" height="14">
      <line x1="0" x2="100%" y1="7" y2="7" />
      <circle cx={`${(100 * (value - low)) / (high - low)}%`} cy="7" r="5" />
    </svg>
  )
}
