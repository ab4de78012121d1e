/** What waits for one site: derived from the state, so a lost push or a restart loses nothing. */
import type { Inbox } from '#proto/frames.ts'
import type { SiteId } from './ids.ts'
import { firstStage, heardIn, membersOf, openQuestion, stageOf } from './stages.ts'
import { isOver, latestRun, type FederationState, type Question, type Run } from './state.ts'
import type { MaskingStage } from '#proto/frames.ts'

/** All but the contents of masking tasks, which lie in blobs: `turnOf` says which are due. */
export function inboxOf(state: FederationState, site: SiteId): Omit<Inbox, 'masking'> {
  const { enrolment = 'unknown', journal } = state.sites[site] ?? {}
  const schemaHash = state.founded?.schemaHash
  const run = latestRun(state)
  const concerned = enrolment === 'approved' && run?.plan.roster.includes(site) ? run : undefined
  return {
    enrolment,
    ...(enrolment === 'approved' && schemaHash !== undefined && { schemaHash }),
    questions: questionsFor(state, site),
    ...(journal && { journal }),
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

/** The stage of an open question that waits for this site. */
export function turnOf(
  state: FederationState,
  site: SiteId,
): { run: Run; question: Question; stage: MaskingStage } | undefined {
  const run = latestRun(state)
  const question = run && !isOver(run) ? openQuestion(state, run) : undefined
  const stage = run && question && stageOf(run, question)
  if (!run || !stage || state.sites[site]?.enrolment !== 'approved') return undefined
  const awaited = membersOf(run, question, stage).includes(site)
  const spoken = site in heardIn(question, stage) || site in question.refusals
  return awaited && !spoken ? { run, question, stage } : undefined
}

/** A question is put once: masked ones go on by tasks. */
function questionsFor(state: FederationState, site: SiteId): Inbox['questions'] {
  const { run, question, stage } = turnOf(state, site) ?? {}
  if (!run || !question || stage !== firstStage(run, question)) return []
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
  if (!run || !onnxHash || !cardHash) return []
  const browser = tfjsModelHash && tfjsWeightsHash && { tfjsModelHash, tfjsWeightsHash }
  return [{ run: run.run, onnxHash, ...browser, cardHash }]
}
