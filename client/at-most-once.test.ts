/** Killed, cut off, late or out of disk: a site answers a question at most once. */
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Journal } from '#federation/ports.ts'
import { decodeSiteEvent } from '#federation/site-events.ts'
import { CollegiumError } from '#proto/errors.ts'
import { openFileBlobs } from '#store/file-blobs.ts'
import { openLmdbJournal } from '#store/lmdb-journal.ts'
import { lost } from '../test/support/scripted-coordinator.ts'
import { kinds, siteWorld, until } from '../test/support/site-world.ts'
import { tempFolder } from '../test/support/temp-folder.ts'
import type { SiteStatus } from './status.ts'

describe('at most once', () => {
  async function onDisk() {
    const dir = await tempFolder()
    const open = async () => {
      const journal = await openLmdbJournal(path.join(dir, 'journal'))
      onTestFinished(() => journal.close())
      return { journal, blobs: await openFileBlobs(path.join(dir, 'blobs')) }
    }
    return { open, first: await siteWorld(await open()) }
  }

  it('after a restart sends the same sealed bytes until they are acknowledged, and keeps the teacher', async () => {
    const { open, first } = await onDisk()
    const { script } = first
    script.bendFrame = (frame, body) => {
      if (body.kind === 'answer') throw lost
      return frame
    }
    const { stop } = first.start()
    const id = script.ask(first.question())
    await until(() => expect(script.shares.get(id)?.length).toBeGreaterThan(1))
    await stop()
    await first.journal.close()

    script.bendFrame = (frame) => frame
    const reopened = await open()
    const statuses: SiteStatus[] = []
    const again = first.start({
      ...reopened,
      link: script.link(),
      onStatus: (status) => statuses.push(status),
    })
    const types = async () => {
      const events: string[] = []
      for await (const { bytes } of reopened.journal.read()) events.push(decodeSiteEvent(bytes, 0).type)
      return events
    }
    await until(async () => expect(await types()).toContain('answer-acknowledged'))
    const sent = script.shares.get(id)!
    expect(new Set(sent).size).toBe(1)
    await until(() => expect(statuses.at(-1)?.note).toBe('ready'))
    expect(statuses.map(({ note }) => note).filter((note) => note.includes('epoch'))).toEqual([])
    const before = sent.length
    await again.stop()
    expect(script.shares.get(id)).toHaveLength(before)
    expect((await types()).filter((type) => type === 'teacher-ready')).toHaveLength(1)
  })

  it.each([0, 1, 2, 3, 4])(
    'killed at journal record %i, before or after it is on disk, never says two things',
    async (record) => {
      for (const written of [false, true]) {
        const { open, first } = await onDisk()
        const { script } = first
        let died = false
        let bury: () => void = () => undefined
        const dead = new Promise<never>(
          (_, reject) => (bury = () => reject(new Error('the process is gone'))),
        )
        let left = record
        const dying: Journal = {
          ...first.journal,
          async append(records) {
            if (left-- > 0) return first.journal.append(records)
            if (written && !died) await first.journal.append(records)
            died = true
            return dead
          },
        }
        first.start({ journal: dying })
        onTestFinished(() => bury())
        const id = script.ask(first.question())
        await until(() => expect(died).toBe(true))
        await first.journal.close()

        const reopened = await open()
        const second = first.start({ ...reopened, link: script.link() })
        await until(() => expect(script.shares.has(id)).toBe(true))
        await second.stop()
        expect(new Set(script.shares.get(id)).size).toBe(1)
        await reopened.journal.close()
      }
    },
  )

  it('an answer that comes late is void, and not sent again', async () => {
    const { script, events, question, start } = await siteWorld()
    let attempts = 0
    script.bend = (body) => {
      if (body.kind !== 'answer') return undefined
      attempts++
      throw new CollegiumError('QUESTION_CLOSED', 'It closed.')
    }
    const { stop } = start()
    script.ask(question())
    await until(async () => expect(kinds(await events())).toContain('answer-voided'))
    await until(() => expect(script.heard.at(-1)?.kind).toBe('poll'))
    await stop()
    expect(attempts).toBe(1)
  })

  it('a question that expires while it is worked on is declined, not answered', async () => {
    const { script, events, question, start } = await siteWorld()
    let ahead = 0
    script.bend = (body) => {
      if (body.kind === 'blobRequest' && body.hash !== script.schemaHash) ahead = 25_000
      return undefined
    }
    start({ clock: () => Date.now() + ahead })
    script.ask(question({ expiresAtMs: Date.now() + 20_000 }))
    await until(async () => expect(kinds(await events())).toContain('question-declined'))
    expect(script.shares.size).toBe(0)
  })

  it('a full disk loses nothing: the question is answered once there is room', async () => {
    const { script, journal, question, start } = await siteWorld()
    let full = true
    const disk: Journal = {
      ...journal,
      append: (records) =>
        full && new TextDecoder().decode(records[0]).includes('answer-sealed')
          ? Promise.reject(new CollegiumError('STORE_WRITE_FAILED', 'No space is left.'))
          : journal.append(records),
    }
    start({ journal: disk })
    const id = script.ask(question())
    await until(() => expect(script.heard.filter(({ kind }) => kind === 'poll').length).toBeGreaterThan(8))
    expect(script.shares.size).toBe(0)
    full = false
    await until(() => expect(script.shares.get(id)).toHaveLength(1))
  })
})
