import type { RunView } from '#proto/snapshot.ts'
import { count, duration } from './format.ts'
import { ProgressBar } from './progress-bar.tsx'
import { useNow } from './use-now.ts'

interface QuestionProps {
  readonly question: NonNullable<RunView['question']>
  readonly roster: readonly string[]
  readonly clockOffsetMs: number
}

const purposes = {
  teach: 'What do you predict for',
  select: 'Which student does best on',
  evaluate: 'How does the student do on',
}

/** The open question: who has answered, and how long the others still have. */
export function Question({ question, roster, clockOffsetMs }: QuestionProps) {
  const { answered, refused, expiresAtMs, items, purpose } = question
  const left = expiresAtMs - (useNow(true) + clockOffsetMs)
  const standing = (site: string) =>
    answered.includes(site) ? 'answered' : refused.includes(site) ? 'refused' : 'waiting'
  return (
    <div class="question">
      <div class="question-head">
        <p>
          <span class="quiet">{purposes[purpose]} </span>
          {purpose === 'teach' ? `these ${count(items)} items?` : 'rows of your own?'}
        </p>
        <p class="numeric">
          <strong>{answered.length}</strong> of {roster.length} answered
          <span class="quiet">{left > 0 ? ` · closes in ${duration(left)}` : ' · closed'}</span>
        </p>
      </div>
      <ProgressBar
        value={roster.length === 0 ? 0 : answered.length / roster.length}
        label="Sites that have answered"
      />
      <ul class="chips">
        {roster.map((site) => (
          <li key={site} class={standing(site)}>
            {site} <span class="sr-only">{standing(site)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
