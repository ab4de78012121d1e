/** A question to more than a hundred sites: each masks with some of the others, and who drops out, or lies, meets the same. */
import { describe, expect, it } from 'vitest'
import { maskedQuestion } from '#federation/masking.ts'
import { encodeSimplex } from '#privacy/fixed-point.ts'
import type { MaskingTask } from '#proto/frames.ts'
import { groupedWorld, type GroupedWorld } from '../support/grouped-world.ts'
import { coded } from '../support/small-federation.ts'
import { hex } from '../support/wire-examples.ts'

const SITES = 120
const SCALE = 1024
const plan = {
  scale: SCALE,
  transfer: { hash: hex('01'), format: 'csv' as const, rows: 1 },
  groups: undefined,
}
/** One row of two classes; site i gives the first (i + 1) / 256. */
const own = (site: string) => {
  const p = (Number(site.slice(1)) + 1) / 256
  return encodeSimplex([p, 1 - p], 2, SCALE)
}
const large = () => groupedWorld(SITES, plan, own)

const neighboursOf = (world: GroupedWorld, site: string): string[] => {
  const { question, manifest } = world.question()
  const { agreement, roster } = maskedQuestion(question, Buffer.from(manifest, 'base64'))
  const position = roster.findIndex((entry) => entry.site === site)
  return agreement.graph.neighbours(position).map((near) => roster[near]!.site)
}

const firstWord = (bytes: Uint8Array): number => Buffer.from(bytes).readUInt32LE()
const total = (sites: readonly string[]) => sites.reduce((sum, site) => sum + own(site)[0]!, 0)

// Each test takes some seconds of a core of its own.
describe('a question to 120 sites', { timeout: 90_000 }, () => {
  it('is summed, each site masking with fifty, though ten are lost on the way', async () => {
    const world = await large()
    const lost = ['s000', 's017', 's034', 's051', 's068', 's085', 's102', 's119', 's007', 's093']
    await world.stage(lost.slice(0, 3))
    const [task] = await world.tasks('s001')
    const offered = neighboursOf(world, 's001').filter((site) => !lost.slice(0, 3).includes(site))
    expect(neighboursOf(world, 's001')).toHaveLength(50)
    expect(task!.keys.map(({ site }) => site)).toEqual([...offered, 's001'].toSorted())
    await world.play({
      shares: lost.slice(3, 5),
      answers: lost.slice(5, 7),
      signatures: lost.slice(7, 9),
      unmasking: lost.slice(9),
    })
    const summed = world.sites.filter((site) => !lost.slice(0, 7).includes(site))
    expect(world.question().survivors).toEqual(summed)
    expect(firstWord((await world.reveal()).bytes)).toBe(total(summed))
  })

  it('ends before anyone unmasks where one site has lost too many neighbours, though few are lost of all', async () => {
    const world = await large()
    await world.play({ answers: neighboursOf(world, 's042').slice(0, 13) })
    expect(world.run().failure).toMatchObject({
      code: 'RUN_NO_QUORUM',
      reason: '107 of 120 sites answered; the threshold is 81, and 38 of the 50 neighbours of each site.',
    })
    expect(world.question().steps.signatures).toBeUndefined()
  })

  it('is unmasked by no site on the word of its neighbours: two thirds of all must have signed', async () => {
    const world = await large()
    for (const _ of ['keys', 'shares', 'answers', 'signatures']) await world.stage()
    const near = neighboursOf(world, 's000')
    const only = (keep: (site: string, place: number) => boolean) => (task: MaskingTask) => ({
      ...task,
      signatures: task.signatures.filter(({ site }, place) => keep(site, place)),
    })
    const [task] = await world.tasks('s000')
    expect(task!.signatures).toHaveLength(81)
    const refused = coded('SECAGG_TOO_FEW')
    await expect(
      world.say(
        's000',
        only((site) => near.includes(site)),
      ),
    ).rejects.toEqual(refused)
    // A refusal wipes: another site is told of all but the last two. It counts its own.
    await expect(
      world.say(
        's119',
        only((_, place) => place < 79),
      ),
    ).rejects.toEqual(refused)
    await world.say('s118')
  })
})
