/** What waits for one site: derived from the state, so a lost push or a restart loses nothing. */
import type { Inbox } from '#proto/frames.ts'
import type { SiteId } from './ids.ts'
import { isOver, latestRun, openQuestion, type FederationState, type Question, type Run } from './state.ts'

export function inboxOf(state: FederationState, site: SiteId): Inbox {
  const enrolment = state.sites[site]?.enrolment ?? 'unknown'
  const schemaHash = state.founded?.schemaHash
  const run = latestRun(state)
  const concerned = enrolment === 'approved' && run?.plan.roster.includes(site) ? run : undefined
  return {
    enrolment,
    ...(enrolment === 'approved' && schemaHash !== undefined && { schemaHash }),
    questions: concerned ? questionsFor(state, concerned, site) : [],
    survivorSets: answered(state, concerned, site).flatMap(({ question, survivors }) =>
      survivors ? [{ question, sites: [...survivors] }] : [],
    ),
    sums: answered(state, concerned, site).flatMap(({ question, sumHash, survivors }) =>
      sumHash === undefined ? [] : [{ question, sumHash, sites: survivors?.length ?? 0 }],
    ),
    students: studentsFor(concerned),
    evaluations:
      concerned?.reportHash === undefined ? [] : [{ run: concerned.run, reportHash: concerned.reportHash }],
  }
}

function questionsFor(state: FederationState, run: Run, site: SiteId): Inbox['questions'] {
  const question = isOver(run) ? undefined : openQuestion(state, run)
  if (!question || site in question.answers || site in question.refusals) return []
  const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))
  return [{ manifest: bytes(question.manifest), signature: bytes(question.signature) }]
}

/** Of the last questions only: a site that was away longer finds the whole story in the report. */
const OUTCOMES_TOLD = 4

function answered(state: FederationState, run: Run | undefined, site: SiteId): Question[] {
  return (run?.questions ?? [])
    .slice(-OUTCOMES_TOLD)
    .map((id) => state.questions[id])
    .filter((question): question is Question => question !== undefined && site in question.answers)
}

function studentsFor(run: Run | undefined): Inbox['students'] {
  const hash = (name: string) => run?.files?.find((file) => file.name === name)?.hash
  const [onnxHash, tfjsModelHash, tfjsWeightsHash, cardHash] = [
    'student.onnx',
    'model.json',
    'weights.bin',
    'card.json',
  ].map(hash)
  if (!run || !onnxHash || !tfjsModelHash || !tfjsWeightsHash || !cardHash) return []
  return [{ run: run.run, onnxHash, tfjsModelHash, tfjsWeightsHash, cardHash }]
}
