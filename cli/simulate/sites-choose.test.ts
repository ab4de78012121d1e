/** A simulation whose public rows have no labels: the sites find the rule that fits how they differ. */
import pc from 'picocolors'
import { expect, it } from 'vitest'
import { teacherSchema } from '#client/config.ts'
import type { RunOverrides } from '#coordinator/config.ts'
import type { CombineRuleName } from '#distill/rules.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { inferSchema } from '#engine/data/infer-schema.ts'
import { writeCsv } from '#engine/data/write.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { reportText } from '../report-text.ts'
import { systemClock, systemRandom } from '../world.ts'
import { runFederation } from './run-federation.ts'

const never = new AbortController().signal
const random = seededRandom('regions')
/** "t" says whether y is positive, at the middle place whether it is negative; each site knows its own place alone. */
const places = [-4, 0, 4]
const point = (place: number) => {
  const [x, y] = [place + random.normal() / 2, random.normal()]
  return [String(x), String(y), y > 0 === (place !== 0) ? '1' : '0']
}
const at = (place: number, count: number) => Array.from({ length: count }, () => point(place))
const columns = ['x', 'y', 't']

async function federation(run: RunOverrides, validation?: number) {
  const everywhere = { columns, rows: places.flatMap((place) => at(place, 80)) }
  const schema = inferSchema(everywhere, { target: 't' })
  const blobs = await openMemoryBlobs()
  const unlabelled = { columns: ['x', 'y'], rows: everywhere.rows.map((row) => row.slice(0, 2)) }
  return {
    sites: places.map((place, index) => ({
      site: `site-${index}`,
      dataset: encodeDataset(
        schema,
        { kind: 'table', table: { columns, rows: at(place, 100) } },
        { labels: 'required' },
      ),
    })),
    data: {
      schemaHash: await blobs.put(new TextEncoder().encode(JSON.stringify(schema))),
      schema,
      transfer: { hash: await blobs.put(writeCsv(unlabelled)), format: 'csv' as const, rows: 240 },
      labelled: 0,
    },
    blobs,
    run: { student: 'mlp:16', threshold: 3, privacy: 'masked', training: { epochs: 60 }, ...run },
    teacher: teacherSchema.parse({ kind: 'mlp', hidden: [] }),
    ...(validation !== undefined && { validation }),
    arms: 'federation' as const,
    seed: 1,
    runtime: await openRuntime({ threads: 1 }),
    clock: systemClock,
    random: systemRandom,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    onProgress: () => undefined,
  }
}

const auto = {
  rule: 'auto' as const,
  candidates: ['mean-probability', 'radius-gated'] as CombineRuleName[],
}

it('takes the rule by which each site speaks for its own place', async () => {
  const report = await runFederation(await federation(auto, 0.2), never)
  const [mean, gated] = report.selection!
  expect([mean!.by, gated!.by, mean!.chosen, gated!.chosen]).toEqual(['sites', 'sites', 0, 1])
  // Two of three outvote the third on its own rows.
  expect(mean!.accuracy.mean).toBeLessThan(0.75)
  expect(gated!.accuracy.mean).toBeGreaterThan(0.85)
  expect(report.federated?.accuracy?.mean).toBeGreaterThan(0.85)
  expect(reportText(report, pc.createColors(false))).toMatch(
    /rule radius-gated: accuracy \S+, nll \S+, chosen by the sites\n/,
  )
})

it.each([
  [{}, undefined, 'federatedEvaluation is off'],
  [{ privacy: 'dpsgd:3', candidates: ['mean-probability'] }, 0.2, 'counts carry no noise (dpsgd)'],
] satisfies [RunOverrides, number | undefined, string][])(
  'is refused before anybody is asked where nobody could say: %o',
  async (change, validation, why) => {
    const wished = await federation({ ...auto, ...change }, validation)
    await expect(runFederation(wished, never)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining(why) as string,
    })
  },
)
