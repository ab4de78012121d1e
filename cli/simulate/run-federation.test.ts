import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import { teacherSchema } from '#client/config.ts'
import type { Report } from '#distill/report.ts'
import { ruleNames, taskOfRule, type CombineRuleName } from '#distill/rules.ts'
import type { Dataset } from '#engine/data/dataset.ts'
import { encodeDataset } from '#engine/data/encode.ts'
import { inferSchema } from '#engine/data/infer-schema.ts'
import { writeCsv } from '#engine/data/write.ts'
import { seededRandom } from '#engine/random.ts'
import { openRuntime } from '#engine/session/index.ts'
import { openMemoryBlobs } from '#store/memory-blobs.ts'
import { reportText } from '../report-text.ts'
import { systemClock, systemRandom } from '../world.ts'
import { runFederation, type Simulation } from './run-federation.ts'

/** Two sites of 60 points of the plane; "t" says whether a point lies above the line y = x. No hold-out. */
async function simulation(change: Partial<Simulation> = {}, items = 40): Promise<Simulation> {
  const random = seededRandom('points')
  const cells = () => {
    const [x, y] = [random.normal(), random.normal()]
    return [String(x), String(y), y > x ? '1' : '0']
  }
  const table = (rows: number) => ({ columns: ['x', 'y', 't'], rows: Array.from({ length: rows }, cells) })
  const schema = inferSchema(table(60), { target: 't' })
  const blobs = await openMemoryBlobs()
  const rowsOf = () => encodeDataset(schema, { kind: 'table', table: table(60) }, { labels: 'required' })
  const data = {
    schemaHash: await blobs.put(new TextEncoder().encode(JSON.stringify(schema))),
    schema,
    transfer: { hash: await blobs.put(writeCsv(table(items))), format: 'csv' as const, rows: items },
    labelled: items,
  }
  return {
    sites: ['north', 'south', 'west'].map((site) => ({ site, dataset: rowsOf() })),
    data,
    blobs,
    run: { rounds: 2, student: 'mlp:4', threshold: 3, privacy: 'masked' },
    teacher: { kind: 'mlp', hidden: [] },
    arms: 'all',
    seed: 1,
    runtime: await openRuntime({ threads: 1 }),
    clock: systemClock,
    random: systemRandom,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    onProgress: () => undefined,
    ...change,
  }
}

const never = new AbortController().signal

describe('runFederation', () => {
  it('runs without a hold-out: the report says what it can, and null for the rest', async () => {
    const report = await runFederation(await simulation(), never)
    const { student, teachers, ensemble, pooled, noDistillation } = report.arms
    expect(student.accuracy?.mean).toBeNull()
    expect(student.agreement?.mean).toBeGreaterThan(0.9)
    expect([teachers, ensemble, pooled, noDistillation]).toEqual([[], undefined, undefined, undefined])
    expect(reportText(report, pc.createColors(false))).toContain('student')
  })

  it.each(ruleNames.filter((rule) => taskOfRule(rule) === 'classify'))('combines by %s', async (rule) => {
    const run = {
      rounds: 2,
      student: 'mlp:4',
      threshold: 3,
      privacy: 'masked',
      rule,
      training: { epochs: 30 },
    }
    const report = await runFederation(await simulation({ run }), never)
    expect(report.rule).toBe(rule)
    expect(report.arms.student.agreement?.mean).toBeGreaterThan(0.7)
  })

  describe('that teaches relations', () => {
    const teacher = teacherSchema.parse({ kind: 'mlp', hidden: [4] })
    const run = { student: 'mlp:4', threshold: 3, privacy: 'masked', relation: 'cka' } as const
    const without = { relation: undefined, relationWeight: undefined }

    it('asks for them in the question that asks for the rest, in every round', async () => {
      const rounds = { ...run, rounds: 2, relationWeight: 0.5, training: { epochs: 100 } }
      const [plain, taught] = [
        await runFederation(await simulation({ run: { ...rounds, ...without }, teacher }, 150), never),
        await runFederation(await simulation({ run: rounds, teacher }, 150), never),
      ]
      // 75 items a round are two blocks of 2016 pairs, a word of four bytes each; and longer lengths take a byte or two.
      const more = taught.bytes.upPerSite - plain.bytes.upPerSite
      expect(more).toBeGreaterThanOrEqual(2 * 2 * 2016 * 4)
      expect(more).toBeLessThanOrEqual(2 * 2 * 2016 * 4 + 20)
      expect(taught.arms.student.agreement?.mean).toBeGreaterThan(0.9)
      expect([plain.loss, taught.loss]).toEqual(['kd', 'kd + 0.5 cka'])
    })

    it('asks for them at three depths, each as long as one', async () => {
      const deep = { ...run, student: 'mlp:6,5', rounds: 2, training: { epochs: 100 } }
      const [one, three] = [
        await runFederation(await simulation({ run: { ...deep, relationDepths: 1 }, teacher }, 150), never),
        await runFederation(await simulation({ run: { ...deep, relationDepths: 3 }, teacher }, 150), never),
      ]
      // In each of two rounds two blocks of 2016 pairs more for each of two depths more.
      const more = three.bytes.upPerSite - one.bytes.upPerSite
      expect(more).toBeGreaterThanOrEqual(2 * 2 * 2 * 2016 * 4)
      expect(more).toBeLessThanOrEqual(2 * 2 * 2 * 2016 * 4 + 20)
      expect(three.arms.student.agreement?.mean).toBeGreaterThan(0.9)
      expect([one.loss, three.loss]).toEqual(['kd + 1 cka', 'kd + 1 cka at 3 depths'])
    })

    it('asks for hints too, in the same question', async () => {
      const both = { ...run, hint: 10, training: { epochs: 60 } }
      const report = await runFederation(await simulation({ run: both, teacher }, 100), never)
      expect(report.loss).toBe('kd + 1 cka + 10 hint')
      expect(report.arms.student.agreement?.mean).toBeGreaterThan(0.9)
    })

    it('teaches them beside any loss, also one that reads how far teachers are from agreeing', async () => {
      const knowing = { ...run, loss: 'dirichlet', rounds: 1, training: { epochs: 60 } } as const
      const report = await runFederation(await simulation({ run: knowing, teacher }, 80), never)
      expect([report.rule, report.loss]).toEqual(['geometric-mean', 'dirichlet + 1 cka'])
      expect(report.arms.student.agreement?.mean).toBeGreaterThan(0.9)
    })

    it('has nothing to ask of teachers without a hidden layer', async () => {
      const linear = teacherSchema.parse({ kind: 'mlp', hidden: [] })
      for (const relationDepths of [1, 3] as const) {
        const wished = await simulation({ run: { ...run, relationDepths }, teacher: linear }, 80)
        await expect(runFederation(wished, never)).rejects.toThrow('Refused with POLICY_REFUSED')
      }
    })

    it.each([
      [{ privacy: 'pate:3' }, 'leave --relation out with pate.'],
      [{ margin: 0.1 }, 'leave --margin out'],
      [{ augment: 'mixup:0.2' }, 'leave mixup out'],
      [{ student: 'linear' }, 'the student has none'],
      [{ rounds: 2 }, 'one has 40'],
      [{ training: { batchSize: 32 } }, 'leave the batch size out'],
      [{ relation: undefined, relationWeight: 2 }, 'give --relation too'],
      [{ relation: undefined, relationDepths: 3 as const }, 'give --relation too'],
      [{ relation: undefined, hint: 1, topK: 1, privacy: 'plain' }, '--hint takes whole answers'],
      [{ hint: 1, rounds: 2, ask: 64 }, 'one has 32'],
    ])('refuses %o', async (change, sentence) => {
      const wished = await simulation({ run: { ...run, ...change }, teacher }, 80)
      await expect(runFederation(wished, never)).rejects.toThrow(sentence)
    })
  })

  it('chooses a rule by what public labels say, and shows the table', async () => {
    const federation = await simulation()
    const run = {
      ...federation.run,
      rule: 'auto' as const,
      candidates: ['era', 'density-ratio'] as CombineRuleName[],
    }
    const report = await runFederation({ ...federation, run }, never)
    expect(report.rule).toBe('auto')
    expect(report.selection?.map(({ rule }) => rule)).toEqual(['era', 'density-ratio'])
    expect(report.selection?.reduce((sum, { chosen }) => sum + chosen, 0)).toBe(1)
    expect(reportText(report, pc.createColors(false))).toMatch(/rule era: accuracy \d\.\d+/)
  })

  it('chooses no rule by a handful of labels', async () => {
    const federation = await simulation()
    const run = { ...federation.run, rule: 'auto' as const, validation: 10 }
    await expect(runFederation({ ...federation, run }, never)).rejects.toThrow(/10 labelled transfer rows/)
  })

  it('searches settings on public labels, and teaches the student by the best', async () => {
    const tuned = async () => {
      const federation = await simulation()
      // Every site has its labels the wrong way round: who learns from the sites alone is wrong throughout.
      const turned = (dataset: Dataset) => ({ ...dataset, labels: dataset.labels!.map((label) => 1 - label) })
      const sites = federation.sites.map(({ site, dataset }) => ({ site, dataset: turned(dataset) }))
      const run = { ...federation.run, rounds: 1, alpha: 1, tune: 12, training: { epochs: 40, batchSize: 8 } }
      const notes: string[] = []
      const onProgress = (_: number, note: string) => void notes.push(note)
      return { notes, report: await runFederation({ ...federation, sites, run, onProgress }, never) }
    }
    const { notes, report } = await tuned()
    const [asked, ...others] = report.trials!
    expect(others).toHaveLength(11)
    expect(asked).toMatchObject({
      settings: {
        rule: 'mean-probability',
        loss: 'kd',
        temperature: 2,
        alpha: 1,
        student: 'mlp:4',
        epochs: 40,
      },
      chosen: false,
    })
    expect(asked!.score!.accuracy).toBeLessThan(0.2)
    const best = report.trials!.find(({ chosen }) => chosen)!
    // Half the weight on labels cannot undo the teachers, but it can leave them far behind.
    expect(best.score!.accuracy).toBeGreaterThan(0.3)
    const { rule, loss, alpha, student } = best.settings
    expect([report.rule, report.loss, report.alpha, report.student]).toEqual([rule, loss, alpha, student])
    expect(notes.filter((note) => /^trial \d+: accuracy/.test(note))).toHaveLength(12)
    expect(reportText(report, pc.createColors(false))).toMatch(
      /best of 12 trials: .*; as asked for accuracy 0\./,
    )

    const untimed = ({ trials = [] }: Report) => trials.map((trial) => ({ ...trial, seconds: 0 }))
    expect(untimed((await tuned()).report)).toEqual(untimed(report))
  })

  it('searches nothing by a handful of labels', async () => {
    const federation = await simulation()
    const run = { ...federation.run, tune: 2, validation: 10 }
    await expect(runFederation({ ...federation, run }, never)).rejects.toThrow(/10 labelled transfer rows/)
  })

  it.each([
    ['pate', 'entropy-weighted'],
    ['pate', 'density-ratio'],
    ['dpsgd', 'prior-corrected'],
  ] as const)('does not start under %s with what its promise does not cover: %s', async (mode, rule) => {
    const run = { student: 'mlp:4', privacy: `${mode}:3`, members: 8, rule }
    await expect(runFederation(await simulation({ run }), never)).rejects.toThrow(/does not cover/)
  })

  it('sums by group where the run asks for it, under noise too', async () => {
    const twelve = async (change: Partial<Simulation>) => {
      const base = await simulation(change)
      const [first] = base.sites
      const sites = Array.from({ length: 12 }, (_, i) => ({ ...first!, site: `site-${10 + i}` }))
      return runFederation({ ...base, sites }, never)
    }
    const masked = await twelve({ run: { student: 'mlp:4', privacy: 'masked', groups: 'median' } })
    expect(masked.privacy.note).toContain('in groups of 4 sites or more')
    expect(masked.arms.student.agreement?.mean).toBeGreaterThan(0.9)
    const teacher = teacherSchema.parse({ kind: 'pate', members: 8, hidden: [], rows: 8, epochs: 10 })
    const run = { student: 'mlp:4', privacy: 'pate:3', members: 8, delta: 1e-4, groups: 'median' }
    const noisy = await twelve({ teacher, run })
    expect(noisy.privacy).toMatchObject({ mode: 'pate', epsilon: 3 })
  })

  it('asks sub-teachers under noise, and promises what the noise keeps', async () => {
    const teacher = teacherSchema.parse({ kind: 'pate', members: 8, hidden: [], rows: 8, epochs: 10 })
    const run = { rounds: 2, student: 'mlp:4', privacy: 'pate:3', members: 8, delta: 1e-4 }
    const report = await runFederation(await simulation({ teacher, run }), never)
    expect(report.privacy).toMatchObject({ mode: 'pate', unit: 'record', epsilon: 3, delta: 1e-4 })
    expect(report.federated).toBeUndefined()
    expect(reportText(report, pc.createColors(false))).toContain('epsilon 3 at delta 0.0001 for each record')
  })

  it.each(['votes', 'plurality'] as const)('takes noised %s of sub-teachers at four sites', async (rule) => {
    const teacher = teacherSchema.parse({ kind: 'pate', members: 8, hidden: [], rows: 8, epochs: 10 })
    const run = { rule, rounds: 1, student: 'mlp:4', privacy: 'pate:8', members: 8, delta: 1e-4 }
    const { sites, ...rest } = await simulation({ teacher, run })
    const east = { site: 'east', dataset: sites[0]!.dataset }
    const report = await runFederation({ ...rest, sites: [...sites, east] }, never)
    expect(report).toMatchObject({ rule, temperature: 1, privacy: { mode: 'pate', epsilon: 8 } })
  })

  it('asks about some items only, each once, and promises the noise that so many need', async () => {
    const run = { rounds: 3, ask: 21, student: 'mlp:4', privacy: 'pate:3', members: 8, delta: 1e-4 }
    const teacher = teacherSchema.parse({ kind: 'pate', members: 8, hidden: [], rows: 8, epochs: 10 })
    const { arms, bytes } = await runFederation(await simulation({ teacher, run }), never)
    expect(arms.student.agreement?.mean).toBeGreaterThan(0)
    const all = await runFederation(await simulation({ teacher, run: { ...run, ask: 40 } }), never)
    // 21 items of two classes in four bytes each, against 40; the rest of the protocol is the same.
    expect(all.bytes.upPerSite - bytes.upPerSite).toBe(19 * 2 * 4)
  })

  it('takes answers in few bits, which have as many bytes fewer', async () => {
    const run = { student: 'mlp:4', threshold: 3, privacy: 'masked' } as const
    const wide = await runFederation(await simulation({ run }), never)
    const narrow = await runFederation(await simulation({ run: { ...run, bits: 4 } }), never)
    expect(narrow.arms.student.agreement?.mean).toBeGreaterThan(0.9)
    // 80 words of 32 bits, or of six: three sites of 15 units make 45. 320 bytes, or 60; a length below 128 takes one
    // byte where a longer one takes two, in the share's field, the message's and the envelope's. The rest is the same.
    expect(wide.bytes.upPerSite - narrow.bytes.upPerSite).toBeGreaterThanOrEqual(260)
    expect(wide.bytes.upPerSite - narrow.bytes.upPerSite).toBeLessThanOrEqual(263)
    const plain = await runFederation(
      await simulation({ run: { ...run, bits: 4, privacy: 'plain', rule: 'mean-logit' } }),
      never,
    ).catch((error: Error) => error.message)
    expect(plain).toBe('Answers for mean-logit take 5 bits at least, not 4.')
  })

  it('takes the largest values of plain answers, compressed', async () => {
    const run = { student: 'mlp:4', threshold: 3, privacy: 'plain' } as const
    const all = await runFederation(await simulation({ run }), never)
    const top = await runFederation(await simulation({ run: { ...run, topK: 1 } }), never)
    expect(top.arms.student.agreement?.mean).toBeGreaterThan(0.9)
    // One value of two says nothing but which: 40 bits of news, where 80 words are 320 bytes.
    expect(all.bytes.upPerSite - top.bytes.upPerSite).toBeGreaterThan(200)
  })

  it.each(['entropy-weighted', 'density-ratio', 'mean-logit', 'class-weighted'] as const)(
    'combines eight bits by %s',
    async (rule) => {
      const run = { student: 'mlp:4', privacy: 'masked', bits: 8, rule, training: { epochs: 30 } }
      const report = await runFederation(await simulation({ run }), never)
      expect(report.arms.student.agreement?.mean).toBeGreaterThan(0.7)
    },
  )

  it('leaves undecided items out, and fails where that is all of them', async () => {
    const run = { rule: 'plurality', student: 'mlp:4', threshold: 3, privacy: 'masked' } as const
    // Three votes lead by 1 or by 1/3.
    const report = await runFederation(await simulation({ run: { ...run, margin: 0.5 } }), never)
    expect(report.undecided).toBeGreaterThan(0)
    expect(report.undecided).toBeLessThan(40)
    const none = { run: { ...run, rule: 'mean-probability', margin: 1 } } as const
    await expect(runFederation(await simulation(none), never)).rejects.toThrow(
      'On none of 40 items does a class lead by the margin 1.',
    )
  })

  it('asks privately trained teachers as often as it likes', async () => {
    const teacher = teacherSchema.parse({ kind: 'dpsgd', epsilon: 2, delta: 1e-4, steps: 20 })
    const run = { rounds: 2, student: 'mlp:4', privacy: 'dpsgd:2', delta: 1e-4 }
    const report = await runFederation(await simulation({ teacher, run }), never)
    expect(report.privacy).toMatchObject({ mode: 'dpsgd', unit: 'record', epsilon: 2, delta: 1e-4 })
  })

  it.each([
    ['masked', 'consensus', { kind: 'mlp', hidden: [] }],
    ['masked', 'student', { kind: 'mlp', hidden: [] }],
    ['dpsgd:2', 'consensus', { kind: 'dpsgd', epsilon: 2, delta: 1e-4, steps: 20 }],
  ] as const)(
    'lets teachers under %s learn from the %s between rounds',
    async (privacy, from, kind) => {
      const training = { epochs: 20 }
      const run = { rounds: 3, student: 'mlp:4', threshold: 3, privacy, delta: 1e-4, training }
      const teacher = teacherSchema.parse(kind)
      const without = await runFederation(await simulation({ teacher, run }), never)
      const learning = { ...run, digest: 5, digestFrom: from }
      const { arms, bytes } = await runFederation(await simulation({ teacher, run: learning }), never)
      expect(arms.student.agreement?.mean).toBeGreaterThan(0.8)
      // The soft targets of 13 items, then those of 26, of two classes, with the numbers of their rows.
      expect(bytes.downPerSite - without.bytes.downPerSite).toBeGreaterThan(4 * 3 * (13 + 26))
      expect(bytes.upPerSite).toBe(without.bytes.upPerSite)
    },
    90_000,
  )

  it('makes generations of students and releases the best by public labels', async () => {
    const base = await simulation()
    const report = await runFederation(
      { ...base, run: { ...base.run, generations: 3, training: { epochs: 20 } } },
      never,
    )
    expect(report.arms.student.agreement?.mean).toBeGreaterThan(0.8)
  })

  it('fails when the teachers cannot keep the promise', async () => {
    const run = { student: 'mlp:4', privacy: 'pate:3', members: 8 }
    await expect(runFederation(await simulation({ run }), never)).rejects.toMatchObject({
      code: 'RUN_FAILED',
    })
  })

  it.each([
    [{ rounds: 41 }, '41 rounds need at least as many transfer rows'],
    [{ ask: 41 }, 'The transfer set has 40 rows; there are no 41 to ask about.'],
    [{ rounds: 1, digest: 2 }, 'a run with digest needs two rounds or more'],
    [{ rounds: 2, digest: 2, privacy: 'pate:3' }, 'learn from their own rows alone'],
    [{ threshold: 4 }, 'There are 3 approved sites; the threshold is 4.'],
    [{ student: 'forest' }, '"forest" names no network'],
    [{ topK: 1 }, 'Only plain answers can leave small values out'],
    [{ bits: 8, scale: 255 }, 'Bits and scale both say how fine answers are'],
    [{ bits: 8, privacy: 'pate:3' }, 'Answers with noise (pate) take 32-bit words'],
  ])('rejects a run of %o that cannot start, and leaves nothing running', async (run, message) => {
    await expect(runFederation(await simulation({ run }), never)).rejects.toThrow(message)
  })

  it('stops when interrupted', async () => {
    const interrupt = new AbortController()
    const onProgress = () => interrupt.abort() // at the first answer
    const running = runFederation(await simulation({ onProgress }), interrupt.signal)
    await expect(running).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' })
  })
})
