import { expect, it } from 'vitest'
import { gainsAtSites, isLoss } from './at-sites.ts'
import { figure } from './figures.ts'
import type { Report } from './report.ts'

const metrics = (accuracy: readonly (number | null)[], nll: readonly number[]) => ({
  accuracy: figure(accuracy),
  nll: figure(nll),
  perClass: [],
})
const report: Pick<Report, 'task' | 'bySite'> = {
  task: 'classify',
  bySite: [
    {
      site: 'north',
      metrics: metrics([0.8, 0.6, null], [0.5, 0.7, 0.9]),
      teacher: metrics([0.7, 0.9, 0.9], [0.6, 0.6, 0.6]),
      fitted: metrics([0.9, 0.9, 0.7], [0.5, 0.5, 0.5]),
    },
    {
      site: 'south',
      metrics: metrics([0.5, 0.5, 0.5], [1, 1, 1]),
      teacher: metrics([0.6, 0.7, 0.8], [2, 2, 2]),
    },
    { site: 'west', metrics: metrics([0.5, 0.5, 0.5], [1, 1, 1]) },
  ],
}

it('is a difference in each seed that knows both, positive where the student is better', () => {
  const [north, south, ...others] = gainsAtSites(report)
  // .8 - .7 = .1 and .6 - .9 = -.3: on average -.1.
  expect(north?.gain.values).toEqual([expect.closeTo(0.1, 9), expect.closeTo(-0.3, 9), null])
  expect(north?.gain.mean).toBeCloseTo(-0.1, 9)
  expect(south?.gain.mean).toBeCloseTo(-0.2, 9)
  expect(others).toEqual([])
})

it('counts less log-loss as better', () => {
  // .6 - .5, .6 - .7 and .6 - .9.
  expect(gainsAtSites(report, { metric: 'nll' })[0]?.gain.values).toEqual(
    [0.1, -0.1, -0.3].map((v) => expect.closeTo(v, 9)),
  )
})

it('is told of the student fitted to a site where that is known', () => {
  // .9 - .7, .9 - .9 and .7 - .9; nothing is known of south and west.
  const gains = gainsAtSites(report, { of: 'fitted' })
  expect(gains.map(({ site, gain }) => [site, gain.values])).toEqual([
    ['north', [0.2, 0, -0.2].map((v) => expect.closeTo(v, 9))],
  ])
})

it('calls a loss what no resampling of the seeds brings to zero', () => {
  // North's interval reaches from -.3 to .1; each of south's differences is negative.
  expect(gainsAtSites(report).map(isLoss)).toEqual([false, true])
  expect(isLoss({ site: 'x', gain: figure([null]) })).toBe(false)
})
