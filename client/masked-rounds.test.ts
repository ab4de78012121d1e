import { beforeAll, describe, expect, it } from 'vitest'
import { fromBody, maskedQuestion, toTask } from '#federation/masking.ts'
import { policySchema } from '#federation/policy.ts'
import { hash, ready } from '#privacy/crypto.ts'
import { asResidues } from '#privacy/fixed-point.ts'
import { identityOf } from '#privacy/identity.ts'
import { close, messageFor, openCoordinator, receive } from '#privacy/secagg/coordinator.ts'
import type { FromSite } from '#privacy/secagg/messages.ts'
import type { MaskingStage, MaskingTask } from '#proto/frames.ts'
import { encodeManifest } from '#proto/manifest.ts'
import { teachManifest } from '../test/support/wire-examples.ts'
import { createMaskedRounds } from './masked-rounds.ts'

beforeAll(() => ready)

const SITES = ['east', 'north', 'west']

/** Three sites through the stages of a question; what each does in a stage is told of. */
function play(said: (site: string, stage: MaskingStage, words: () => FromSite) => void) {
  const identities = SITES.map((_, i) => identityOf(new Uint8Array(32).fill(i + 1)))
  const roster = SITES.map((site, i) => ({ site, publicKey: identities[i]!.publicKey }))
  const privacy = { mode: 'masked', campaign: 20 }
  const manifest = encodeManifest({ ...teachManifest, roster, threshold: 3, privacy })
  const question = hash(manifest)
  const of = maskedQuestion(question, manifest)
  const policy = policySchema.parse({ minimumSites: 3 })
  const all = identities.map((identity, i) =>
    createMaskedRounds(identity, policy, (length) => new Uint8Array(length).fill(10 + i)),
  )
  let sum = openCoordinator(of.agreement)
  const stage = (name: MaskingStage, say: (site: number, task: MaskingTask) => FromSite) => {
    const tasks = SITES.map((_, i) => {
      const message = messageFor(sum, i)
      return message ? toTask(of, name, message) : ({} as MaskingTask)
    })
    tasks.forEach((task, i) => {
      const words = () => say(i, task)
      sum = receive(sum, i, words())
      said(SITES[i]!, name, words)
    })
    sum = close(sum)
  }
  const saying = (i: number, task: MaskingTask) => fromBody(of, SITES[i]!, all[i]!.say(task))
  all.forEach((rounds) => rounds.enter(question, manifest))
  stage('keys', (i) => fromBody(of, SITES[i]!, all[i]!.offered(question)))
  stage('shares', saying)
  const answers = new Map<number, FromSite>()
  stage('answers', (i, task) => {
    const masked = answers.get(i) ?? {
      kind: 'masked' as const,
      words: all[i]!.mask(task, asResidues(new Uint32Array(of.agreement.words))),
    }
    answers.set(i, masked)
    return masked
  })
  stage('signatures', saying)
  stage('unmasking', saying)
  return { all, question, expiresAt: of.manifest.expiresAtMs }
}

describe('masked rounds', () => {
  it('say each step again in the same words, the last one too: a task may come twice', () => {
    const stages = new Set<MaskingStage>()
    play((_, stage, words) => {
      expect(words()).toEqual(words())
      stages.add(stage)
    })
    expect([...stages]).toEqual(['keys', 'shares', 'answers', 'signatures', 'unmasking'])
  })

  it('are forgotten when their question expires', () => {
    const { all, question, expiresAt } = play(() => undefined)
    for (const rounds of all) {
      rounds.endExpired(expiresAt)
      expect(rounds.manifest(question).run).toBe('run-1')
      rounds.endExpired(expiresAt + 1)
      expect(() => rounds.manifest(question)).toThrow(expect.objectContaining({ code: 'MASKS_LOST' }))
    }
  })
})
