/** The operator's powers, over the core: what HTTP, the dashboard and the command line all call. */
import { timingSafeEqual } from 'node:crypto'
import { targetViews } from '#engine/data/target.ts'
import { approve, invite, revoke } from '#federation/decide-enrolment.ts'
import { requireRun, startRun } from '#federation/decide-run.ts'
import { decodeEvent } from '#federation/events.ts'
import { formatInvite } from '#federation/invite.ts'
import { hash } from '#privacy/crypto.ts'
import { fingerprint } from '#privacy/identity.ts'
import { CollegiumError } from '#proto/errors.ts'
import type { ArmView, CurvePoint } from '#proto/snapshot.ts'
import { armsOfReport } from './evaluation.ts'
import type { CoordinatorParts } from './parts.ts'
import type { Core, RecordedEvent } from './core.ts'
import { readCurve } from './distiller.ts'
import type { Operator } from './http.ts'
import { planRun } from './plan-run.ts'
import type { Presences } from './presence.ts'
import { composeSnapshot, runView, type SnapshotParts } from './snapshot.ts'

export interface OperatorCore extends Omit<Operator, 'metrics'> {
  /** The live curve of the student in training; between restarts the journal's one is shown. */
  showCurve(run: string, curve: readonly CurvePoint[]): void
}

const RECENT_EVENTS = 30

type Parts = Pick<
  CoordinatorParts,
  'config' | 'data' | 'identity' | 'tokenHash' | 'blobs' | 'clock' | 'random' | 'addresses' | 'journal'
> & { readonly core: Core; readonly presences: Presences }

export async function createOperator(parts: Parts): Promise<OperatorCore> {
  const { core, presences, blobs, clock, identity } = parts
  const curves = new Map<string, readonly CurvePoint[]>()
  const arms = new Map<string, readonly ArmView[]>()
  const recent: RecordedEvent[] = []

  const remember = (recorded: RecordedEvent) => {
    recent.push(recorded)
    if (recent.length > RECENT_EVENTS) recent.shift()
  }
  const recallReport = async (run: string) => {
    const hashOfReport = core.state().runs[run]?.reportHash
    if (hashOfReport !== undefined) arms.set(run, armsOfReport(await blobs.get(hashOfReport)))
  }
  const recallCurve = async (run: string) => {
    const student = core.state().runs[run]?.student
    if (student) curves.set(run, await readCurve(blobs, student.curveHash))
  }
  // A run whose blobs are damaged is shown without them: that is no reason not to serve.
  for (const run of core.state().history) await Promise.allSettled([recallCurve(run), recallReport(run)])
  for await (const { sequence, bytes } of parts.journal.read(
    Math.max(1, core.head().sequence - RECENT_EVENTS + 1),
  ))
    remember({ sequence, event: decodeEvent(bytes, sequence) })
  core.onEvent(remember)
  core.onEvent(({ event }) => {
    if (event.type === 'student-evaluated') void recallReport(event.run).catch(() => undefined)
  })

  const view = (): SnapshotParts => ({
    state: core.state(),
    head: core.head(),
    recent,
    presence: (publicKey) => presences.of(publicKey),
    curveOf: (run) => curves.get(run) ?? [],
    armsOf: (run) => arms.get(run) ?? [],
    fingerprint: fingerprint(identity.publicKey),
    targets: targetViews(parts.data.schema).flatMap(({ name }) => name ?? []),
    now: clock(),
  })

  return {
    showCurve(run, curve) {
      curves.set(run, curve)
    },
    verifyToken: (token) => timingSafeEqual(Buffer.from(hash(token)), Buffer.from(parts.tokenHash)),
    snapshot: () => composeSnapshot(view()),
    async invite({ site, ttlMinutes, approve: approved }) {
      const token = parts.random(32)
      const expiresAtMs = clock() + Math.ceil(ttlMinutes * 60_000)
      const issued = { site, tokenHash: hash(token), expiresAt: expiresAtMs, approve: approved }
      const { founded } = await core.commit((state) => invite(state, issued))
      const text = formatInvite({
        addresses: [...parts.addresses()],
        coordinatorKeyId: identity.keyId,
        federation: founded?.federation ?? '',
        site,
        token,
        expiresAtMs,
      })
      return { invite: text, site, expiresAtMs }
    },
    async approve(site) {
      await core.commit((state) => approve(state, site))
    },
    async revoke(site) {
      await core.commit((state) => revoke(state, site))
    },
    async startRun(overrides) {
      const state = await core.commit((now) =>
        startRun(now, planRun(now, parts.config.run, overrides, parts.data)),
      )
      const { run, plan } = requireRun(state)
      return { run, ...(plan.notes && { notes: plan.notes }) }
    },
    runs: () => core.state().history.map((id) => runView(view(), requireRun(core.state(), id))),
    run: (id) => runView(view(), requireRun(core.state(), id)),
    async report(id) {
      const { reportHash, phase } = requireRun(core.state(), id)
      if (reportHash === undefined)
        throw new CollegiumError('RUN_UNKNOWN', `${id} has no report yet; it is ${phase}.`)
      return blobs.get(reportHash)
    },
    async file(id, name) {
      const file = requireRun(core.state(), id).files?.find((candidate) => candidate.name === name)
      if (!file) throw new CollegiumError('BLOB_NOT_FOUND', `${id} released no file "${name}".`)
      return blobs.get(file.hash)
    },
    blob: (wanted) => blobs.get(wanted),
  }
}
