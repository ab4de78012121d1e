/**
 * Opens a run's next question: composed from the plan, signed, journalled with the bytes that were signed. Or
 * nobody is asked, where the sum of an earlier question answers it.
 */
import { composeManifest } from '#federation/compose-manifest.ts'
import { askQuestion } from '#federation/decide-question.ts'
import type { Clock, SecureRandom } from '#federation/ports.ts'
import type { RunId } from '#federation/ids.ts'
import type { Purpose } from '#federation/purpose.ts'
import { answeredBefore, reuseSum } from '#federation/reuse.ts'
import { hash } from '#privacy/crypto.ts'
import type { Identity } from '#privacy/identity.ts'
import { decodeManifest, encodeManifest, QUESTION_DOMAIN } from '#proto/manifest.ts'
import type { Core } from './core.ts'

export async function askNext(
  { core, identity, clock, random }: { core: Core; identity: Identity; clock: Clock; random: SecureRandom },
  runId: RunId,
  round: number,
  purpose: Purpose,
): Promise<void> {
  const state = core.state()
  const run = state.runs[runId]
  if (!run) return
  const nonce = Buffer.from(random(6)).readUIntBE(0, 6)
  const manifest = encodeManifest(composeManifest(state, run, purpose, clock(), nonce, core.head()))
  const earlier = answeredBefore(state, run, decodeManifest(manifest))
  if (earlier) {
    const reused = { run: runId, round, purpose, question: earlier.question }
    await core.commit((latest) => reuseSum(latest, reused))
    return
  }
  const opened = {
    run: runId,
    question: hash(manifest),
    round,
    purpose,
    manifest: Buffer.from(manifest).toString('base64'),
    signature: Buffer.from(identity.sign(QUESTION_DOMAIN, manifest)).toString('base64'),
    expiresAt: clock() + run.plan.deadlineMs,
  }
  await core.commit((latest) => askQuestion(latest, opened))
}
