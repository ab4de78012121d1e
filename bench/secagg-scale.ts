/** A process of its own for one large sum, so that its memory is its own: SITES DEGREE THRESHOLD WORDS DROPS as JSON. */
import { fileURLToPath } from 'node:url'
import { ready } from '#privacy/crypto.ts'
import { cpuSeconds, measureSum, prepareSum } from './secagg-sums.ts'
import type { SumFigures, SumTask } from './secagg-sums.ts'

export interface ScaleFigures extends SumFigures {
  /** Of the whole process, from before the first key to the sum. */
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly peakBytes: number
}

/** What `node` runs for a task. */
export const scaleArgs = (task: SumTask): string[] => [
  ...process.execArgv,
  fileURLToPath(import.meta.url),
  JSON.stringify(task),
]

async function main(task: SumTask): Promise<ScaleFigures> {
  await ready
  const prepared = prepareSum(task)
  const [cpu, wall] = [cpuSeconds(), performance.now()]
  const figures = measureSum(task, prepared)
  return {
    ...figures,
    cpuSeconds: cpuSeconds() - cpu,
    wallSeconds: (performance.now() - wall) / 1000,
    peakBytes: process.resourceUsage().maxRSS * 1024,
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(JSON.stringify(await main(JSON.parse(process.argv[2]!) as SumTask)))
