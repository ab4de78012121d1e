/** Sums by group: who deals, who drops out, who lies, and what a coordinator remembers after a crash. */
import { describe, expect, it } from 'vitest'
import { parseFeatureSchema } from '#engine/data/schema.ts'
import { readSums } from '#coordinator/read-sums.ts'
import { createSecureSums } from '#coordinator/secure-sums.ts'
import { teachingSet } from '#coordinator/teaching.ts'
import { decodeEvent, encodeEvent, type FederationEvent } from '#federation/events.ts'
import { dealtGroups, summedSites } from '#federation/grouping.ts'
import { createAudit } from '#federation/journal-audit.ts'
import { policySchema } from '#federation/policy.ts'
import { emptyState, evolve } from '#federation/state.ts'
import { encodeSimplex } from '#privacy/fixed-point.ts'
import type { MaskingStage, MaskingTask } from '#proto/frames.ts'
import { decodeManifest } from '#proto/manifest.ts'
import { emptyHead, extendChain } from '#store/chain.ts'
import { groupedWorld, type GroupedWorld } from '../support/grouped-world.ts'
import { coded } from '../support/small-federation.ts'
import { hex } from '../support/wire-examples.ts'

const SCALE = 1024
const ROWS = 3
const plan = { scale: SCALE, transfer: { hash: hex('01'), format: 'csv' as const, rows: ROWS } }
/** Three rows of two classes: the first class has `p`. */
const says = (p: number) => encodeSimplex(Array.from({ length: ROWS }, () => [p, 1 - p]).flat(), 2, SCALE)
/** Everyone says something of its own: site i gives its first class (i + 20)/64. */
const own = (site: string) => says((Number(site.slice(1)) + 20) / 64)

const groupsOf = (world: GroupedWorld) =>
  dealtGroups(world.question(), world.sites, { smallest: 4 }).map(({ sites }) => sites)

const sumsOf = async (world: GroupedWorld) => {
  const { hash } = await world.reveal()
  const manifest = decodeManifest(Buffer.from(world.question().manifest, 'base64'))
  return readSums(world.blobs, world.question(), manifest, hash)
}

const total = (sites: readonly string[]) =>
  sites.map((site) => own(site)[0]!).reduce((sum, units) => sum + units, 0)

/** The soft targets that the student would learn: the first class of each row. */
async function targets(world: GroupedWorld): Promise<number[]> {
  await world.reveal()
  const transfer = { rows: ROWS, features: 1, inputs: new Float32Array(ROWS), classes: ['a', 'b'] }
  const schema = parseFeatureSchema({
    version: 1,
    features: { kind: 'tensor', shape: [1], divideBy: 1 },
    target: { classes: transfer.classes.map((name) => ({ name, values: [name] })) },
  })
  const taught = await teachingSet(world.blobs, world.state(), world.run(), 0, { schema, transfer })
  return Array.from({ length: ROWS }, (_, row) => taught.targets[2 * row]!)
}

describe('sums by group', () => {
  it('are of the groups that the sites dealt, each alone, and together of everyone', async () => {
    const world = await groupedWorld(12, plan, own)
    await world.play()
    const groups = groupsOf(world)
    const sums = await sumsOf(world)
    expect(groups.map(({ length }) => length)).toEqual([4, 4, 4])
    expect(groups.flat().toSorted()).toEqual(world.sites)
    expect(sums.map(({ sites }) => sites)).toEqual([4, 4, 4])
    sums.forEach(({ words }, at) => expect(words[0]).toBe(total(groups[at]!)))
    expect(world.events.at(-1)).toMatchObject({ type: 'sum-revealed', sites: 12 })
  })

  it('are the same in narrow words', async () => {
    const scale = 15
    const votes = (site: string) =>
      encodeSimplex([Number(site.slice(1)) / 12, 1 - Number(site.slice(1)) / 12], 2, scale)
    const narrow = await groupedWorld(
      12,
      { ...plan, scale, bits: 4, transfer: { ...plan.transfer, rows: 1 } },
      votes,
    )
    await narrow.play()
    // Twelve sites of 15 units make 180: two words of eight bits.
    const { answers } = narrow.question()
    expect(Object.values(answers).map(({ bytes }) => bytes)).toEqual(Array.from({ length: 12 }, () => 2))
    const sums = await sumsOf(narrow)
    sums.forEach(({ words }, at) => {
      const own = groupsOf(narrow)[at]!.map((site) => votes(site)[0]!)
      expect(words[0]).toBe(own.reduce((sum, units) => sum + units, 0))
    })
  })

  it('need no more sites than the groups hold: 13 make a group of five', async () => {
    const world = await groupedWorld(13, plan, own)
    await world.play()
    expect((await sumsOf(world)).map(({ sites }) => sites).toSorted((a, b) => a - b)).toEqual([4, 4, 5])
  })

  it.each<MaskingStage>(['commits', 'keys', 'shares', 'answers', 'signatures', 'unmasking'])(
    'survive a site of a group that falls silent at the %s',
    async (stage) => {
      const world = await groupedWorld(12, plan, own)
      await world.play({ [stage]: ['s05'] })
      const sums = await sumsOf(world)
      const answered = ['signatures', 'unmasking'].includes(stage) // then its answer is in, and stays in
      const summed = groupsOf(world).map((sites) => sites.filter((site) => answered || site !== 's05'))
      sums.forEach(({ words, sites }, at) => {
        expect(sites).toBe(summed[at]!.length)
        expect(words[0]).toBe(total(summed[at]!))
      })
      expect(summedSites(world.question(), { roster: world.sites, groups: { smallest: 4 } })).toEqual(summed)
    },
  )

  it('go on without a group that lost two of its four, while three others stand', async () => {
    const world = await groupedWorld(16, plan, own)
    for (const _ of ['commits', 'reveals']) await world.stage()
    const [lost, ...others] = groupsOf(world)
    await world.play({ answers: lost!.slice(0, 2) })
    const sums = await sumsOf(world)
    expect(sums.map(({ sites }) => sites)).toEqual([4, 4, 4])
    sums.forEach(({ words }, at) => expect(words[0]).toBe(total(others[at]!)))
    expect(world.question().survivors).toEqual(others.flat().toSorted())
  })

  it('end with fewer than three groups, and nobody unmasks anything', async () => {
    const world = await groupedWorld(12, plan, own)
    for (const _ of ['commits', 'reveals']) await world.stage()
    await world.play({ answers: groupsOf(world)[0]!.slice(0, 2) })
    expect(world.run().failure).toMatchObject({
      code: 'RUN_NO_QUORUM',
      reason: '10 of 12 sites answered; fewer than 3 groups have their thresholds.',
    })
    expect(world.question().steps.unmasking).toBeUndefined()
  })

  it('end with a site that commits and does not reveal: the deals to choose from would be many', async () => {
    const world = await groupedWorld(12, plan, own)
    await world.play({ reveals: ['s03'] })
    expect(world.run().failure?.reason).toBe(
      '11 of 12 sites revealed their parts in it; the groups follow from what all reveal, and s03 did not.',
    )
  })

  it('are the same after a crash: the journal and the blobs hold all that there is', async () => {
    const world = await groupedWorld(12, plan, own)
    await world.play({ answers: ['s02'] })
    const { hash } = await world.reveal()
    const replayed = world.events.map((event, i) => decodeEvent(encodeEvent(event), i + 1))
    expect(replayed.reduce(evolve, emptyState)).toEqual(world.state())
    expect(await createSecureSums(world.blobs).reveal(world.question())).toBe(hash)
  })
})

describe('an auditor', () => {
  const audited = async (change: (event: FederationEvent) => FederationEvent = (event) => event) => {
    const world = await groupedWorld(12, plan, own)
    await world.play()
    const audit = createAudit()
    let head = emptyHead
    for (const event of world.events) {
      const [record] = extendChain(head, [encodeEvent(change(event))])
      head = record!
      await audit.admit(record!)
    }
    return audit.findings()
  }

  it('can deal again from the journal', async () => {
    expect(await audited()).toMatchObject({ questions: 1, commitments: 12 })
  })

  it('sees a contribution that was changed for another deal', async () => {
    const other = (event: FederationEvent) =>
      event.type === 'step-accepted' && event.stage === 'reveals' && event.site === 's07'
        ? { ...event, value: hex('77') }
        : event
    await expect(audited(other)).rejects.toMatchObject({
      code: 'JOURNAL_CORRUPT',
      message: expect.stringContaining('"s07" reveals something else') as unknown,
    })
  })
})

describe('a coordinator that would deal', () => {
  /** Everyone has committed and all but s00 have revealed: the most a coordinator can know before s00 speaks. */
  const beforeLast = async () => {
    const world = await groupedWorld(12, plan, own)
    await world.stage()
    return world
  }
  const bent = (change: (task: MaskingTask) => Partial<MaskingTask>) => (task: MaskingTask) => {
    return { ...task, ...change(task) }
  }

  it('is given no contribution for a list without the site, or with a site twice', async () => {
    const world = await beforeLast()
    const without = bent(({ contributions }) => ({ contributions: contributions.slice(1) }))
    const twice = bent(({ contributions }) => ({ contributions: [...contributions, contributions[1]!] }))
    const forged = bent(({ contributions: [own_, ...others] }) => ({
      contributions: [{ ...own_!, value: hex('00') }, ...others],
    }))
    for (const bend of [without, twice, forged])
      await expect(world.say('s00', bend)).rejects.toEqual(coded('COMMITMENT_MISMATCH'))
    expect(world.question().steps.reveals).toBeUndefined()
  })

  it.each<[string, (task: MaskingTask) => Partial<MaskingTask>]>([
    [
      'leaves out what would deal otherwise',
      ({ contributions }) => ({ contributions: contributions.slice(0, -1) }),
    ],
    [
      'tries another contribution for an accomplice',
      ({ contributions }) => ({
        contributions: contributions.map((each) =>
          each.site === 's11' ? { ...each, value: hex('77') } : each,
        ),
      }),
    ],
    [
      'adds a site that had not committed',
      ({ contributions }) => ({ contributions: [...contributions, { site: 's99', value: hex('77') }] }),
    ],
  ])('that %s gets no keys', async (_, change) => {
    const world = await beforeLast()
    await world.stage()
    await expect(world.say('s00', bent(change))).rejects.toEqual(coded('COMMITMENT_MISMATCH'))
    expect(world.question().steps.keys).toBeUndefined()
  })

  it('that puts a victim among accomplices of another group gets none of its shares', async () => {
    const world = await beforeLast()
    for (const _ of ['reveals', 'keys']) await world.stage()
    const [first, second] = groupsOf(world)
    const [victim, stranger] = [first![0]!, second![0]!]
    const [task] = await world.tasks(stranger)
    await expect(world.say(victim, ({ question, stage }) => ({ ...task!, question, stage }))).rejects.toEqual(
      coded('SECAGG_STRANGER'),
    )
    expect(world.question().steps.shares).toBeUndefined()
  })

  it('cannot talk a site into a group that its own policy finds too small', async () => {
    const world = await groupedWorld(12, plan, own, policySchema.parse({ minimumSites: 5 }))
    for (const _ of ['commits', 'reveals']) await world.stage()
    await expect(world.say('s00')).rejects.toEqual(coded('SECAGG_ROSTER_SMALL'))
  })
})

describe('liars', () => {
  // Twelve sites. The honest prefer the first class, 0.7 to 0.3: a margin of 0.4. A liar says 0 to 1.
  const p = 0.7
  const lying = async (
    liars: (groups: readonly (readonly string[])[]) => readonly string[],
    groups = true,
  ) => {
    let who: readonly string[] = []
    const world = await groupedWorld(12, groups ? plan : { ...plan, groups: undefined }, (site) =>
      says(who.includes(site) ? 0 : p),
    )
    if (groups) for (const _ of ['commits', 'reveals']) await world.stage()
    who = liars(groups ? groupsOf(world) : [world.sites])
    await world.play()
    return targets(world)
  }
  const close = (value: number) => expect.closeTo(value, 2) as unknown

  it('move the mean, and turn it when they are more than m / (1 + m) of all', async () => {
    // m / (1 + m) = 0.4 / 1.4 = 0.2857: three of twelve, 0.25, leave 0.75 x 0.7 = 0.525; four leave 0.467.
    expect(await lying(([all]) => all!.slice(0, 3), false)).toEqual([
      close(0.525),
      close(0.525),
      close(0.525),
    ])
    expect(await lying(([all]) => all!.slice(0, 4), false)).toEqual([
      close(0.467),
      close(0.467),
      close(0.467),
    ])
  })

  it('do not move the median at all from within one group of three, were they all of it', async () => {
    expect(await lying(([first]) => first!)).toEqual([close(p), close(p), close(p)])
  })

  it('own the median with two groups of three', async () => {
    expect(await lying(([first, second]) => [...first!, ...second!])).toEqual([close(0), close(0), close(0)])
  })

  it('spread over the groups turn the median no earlier than the mean', async () => {
    // One in each of two groups: means 0.525, 0.525, 0.7; the median is 0.525. Two in each of two: 0.35.
    expect(await lying((all) => all.slice(0, 2).map(([one]) => one!))).toContainEqual(close(0.525))
    expect(await lying((all) => all.slice(0, 2).flatMap((group) => group.slice(0, 2)))).toContainEqual(
      close(0.35),
    )
  })
})
