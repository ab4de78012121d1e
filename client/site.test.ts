import { describe, expect, it } from 'vitest'
import { bytesToWords, decode } from '#privacy/fixed-point.ts'
import { createIdentity } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import { identity, kinds, siteWorld, transfer, until, type SiteWorld } from '../test/support/site-world.ts'

const coded = (code: string) => expect.objectContaining({ code })

describe('a site', () => {
  it('greets, prepares, answers once, and has it acknowledged', async () => {
    const { script, events, question, start } = await siteWorld()
    const { stop } = start()
    const id = script.ask(question())
    await until(async () => expect(kinds(await events())).toContain('answer-acknowledged'))
    await stop()
    expect(script.heard[0]?.kind).toBe('hello')
    expect(kinds(await events())).toEqual([
      'joined',
      'teacher-ready',
      'head-witnessed',
      'answer-sealed',
      'answer-acknowledged',
    ])
    const answer = script.heard.find((body) => body.kind === 'answer')
    if (answer?.kind !== 'answer') throw new Error('no answer')
    expect(answer.question).toBe(id)
    const [a, b, c, d] = decode(bytesToWords(answer.share), 65_536)
    // Items 1 and 2 of the transfer set are (0, 1) and (2, -2); class 1 is x > y.
    expect(a! + b!).toBe(1)
    expect(c! + d!).toBe(1)
    expect(b!).toBeLessThan(d!)
  })

  it('measures a student on its own validation rows', async () => {
    const { script, evaluation, start } = await siteWorld()
    start()
    script.ask(evaluation())
    await until(() => expect(script.shares.size).toBe(1))
    const answer = script.heard.find((body) => body.kind === 'answer')
    if (answer?.kind !== 'answer') throw new Error('no answer')
    const counts = decode(bytesToWords(answer.share), 256)
    const confusion = counts.slice(0, 4).reduce((a, b) => a + b, 0)
    expect(confusion).toBe(12) // a fifth of 60 rows
  })

  it('reports what it does, with its rows rounded to tens', async () => {
    const { script, statuses, question, start } = await siteWorld()
    start()
    script.ask(question())
    await until(() => expect(script.shares.size).toBe(1))
    await until(() =>
      expect(script.heard).toContainEqual(expect.objectContaining({ kind: 'poll', trainingRows: 50 })),
    )
    expect(statuses.map(({ note }) => note)).toContain('training the teacher, epoch 3 of 3') // 48 rows train
    expect(statuses.map(({ activity }) => activity)).toContain('answering')
  })

  it('waits for approval and asks for nothing until then', async () => {
    const { script, question, statuses, start } = await siteWorld()
    script.enrolment = 'pending'
    start()
    await until(() => expect(statuses.at(-1)?.note).toBe("waiting for the operator's approval"))
    expect(script.heard.map(({ kind }) => kind)).not.toContain('blobRequest')
    script.enrolment = 'approved'
    script.ask(question())
    await until(() => expect(script.shares.size).toBe(1))
  })

  it('greets again on a new connection and loses nothing', async () => {
    const { script, question, start } = await siteWorld()
    start()
    await until(() => expect(script.heard.map(({ kind }) => kind)).toContain('poll'))
    script.reconnect()
    script.ask(question())
    await until(() => expect(script.shares.size).toBe(1))
    expect(script.heard.filter(({ kind }) => kind === 'hello').length).toBeGreaterThan(1)
  })

  it('is woken by a push, long before its next visit', async () => {
    const { script, question, start, events } = await siteWorld()
    start({ pollMs: 3_600_000 })
    await until(async () => expect(kinds(await events())).toContain('teacher-ready'))
    script.ask(question())
    await until(() => expect(script.shares.size).toBe(1))
  })

  it('ends when the operator revokes it', async () => {
    const { script, start } = await siteWorld()
    const { ended } = start()
    await until(() => expect(script.heard.length).toBeGreaterThan(2))
    script.enrolment = 'revoked'
    await expect(ended).rejects.toEqual(coded('SITE_REVOKED'))
  })

  it('without usable data tells the operator why, and ends with that error', async () => {
    const { script, start } = await siteWorld()
    const data = () =>
      Promise.reject(new CollegiumError('DATA_MISSING_COLUMN', 'The file has no column "x".'))
    await expect(start({ data }).ended).rejects.toEqual(coded('DATA_MISSING_COLUMN'))
    const last = script.heard.filter(({ kind }) => kind === 'poll').at(-1)
    expect(last).toMatchObject({ note: 'DATA_MISSING_COLUMN: The file has no column "x".' })
  })

  it('takes a journal of its own federation and key only', async () => {
    const { start } = await siteWorld()
    await start().stop()
    const stranger = createIdentity((length) => new Uint8Array(length).fill(2))
    await expect(start({ identity: stranger }).ended).rejects.toEqual(coded('FEDERATION_MISMATCH'))
  })
})

describe('a question that cannot be answered', () => {
  const refusals: [string, (w: SiteWorld) => string, string][] = [
    [
      'of another federation',
      (w) => w.script.ask(w.question({ federation: 'e'.repeat(64) })),
      'FEDERATION_MISMATCH',
    ],
    ['that the coordinator did not sign', (w) => w.script.ask(w.question(), identity()), 'SIGNATURE_INVALID'],
    [
      'that the policy forbids',
      (w) => w.script.ask(w.question({ privacy: { mode: 'none', campaign: 40 } })),
      'POLICY_REFUSED',
    ],
    [
      'about a transfer set that is not the one signed',
      (w) => {
        w.script.blobs.set('b'.repeat(64), transfer)
        return w.script.ask(w.question({ transfer: { ...w.question().transfer!, hash: 'b'.repeat(64) } }))
      },
      'TRANSFER_HASH_MISMATCH',
    ],
    [
      'about a transfer set with other rows than it says',
      (w) => w.script.ask(w.question({ transfer: { ...w.question().transfer!, rows: 5 } })),
      'MANIFEST_INVALID',
    ],
    [
      'about a transfer set without our columns',
      (w) => {
        const odd = w.script.publish(new TextEncoder().encode('x\n1\n2\n3\n4\n'))
        return w.script.ask(w.question({ transfer: { ...w.question().transfer!, hash: odd } }))
      },
      'DATA_MISSING_COLUMN',
    ],
  ]
  it.each(refusals)('%s is refused with a code, and the next one answered', async (_name, ask, code) => {
    const w = await siteWorld()
    w.start()
    const refused = ask(w)
    await until(() =>
      expect(w.script.heard).toContainEqual(
        expect.objectContaining({ kind: 'refusal', question: refused, code }),
      ),
    )
    const good = w.script.ask(w.question())
    await until(() => expect(w.script.shares.has(good)).toBe(true))
    expect(w.script.shares.has(refused)).toBe(false)
    expect(await w.events()).toContainEqual(expect.objectContaining({ type: 'question-declined', code }))
  })
})
