import { useTranslation } from 'react-i18next'
import { type PollView, percentOf, seesCounts } from '../../shared/polls.ts'
import { usePollWords } from '../polls/usePollWords.ts'

/** How long a hall looks at the result of a poll. */
const resultMs = 120_000

/** The poll that a hall's screen shows: the one that runs, or whose result is new. */
export function pollOnScreen(polls: readonly PollView[], now: Date): PollView | undefined {
  const [last] = polls
  return last && (last.closedAt === null || now.getTime() - Date.parse(last.closedAt) < resultMs) ? last : undefined
}

/** What is asked, for those who answer by phone; how it stands only where everybody may see it. */
export function PollOnScreen({ poll }: { poll: PollView }) {
  const { t } = useTranslation()
  const { labelsOf, summaryOf } = usePollWords()
  const counts = seesCounts(poll, { chair: false, answered: false }) ? poll.counts : null
  return (
    <section className="projector-poll" aria-label={t(poll.closedAt ? 'polls.closed' : 'polls.title')} data-testid="poll">
      <b>{t(poll.closedAt ? 'polls.closed' : 'polls.title')}</b>
      <h2>{poll.question}</h2>
      <ul>
        {labelsOf(poll).map((label, choice) => {
          const percent = percentOf(counts?.[choice] ?? 0, poll.answered)
          return (
            <li key={label}>
              {counts && <span className="projector-bar" style={{ width: `${percent}%` }} aria-hidden />}
              <span>{label}</span>
              {counts && <span className="projector-percent">{percent}%</span>}
            </li>
          )
        })}
      </ul>
      <p>{summaryOf({ ...poll, counts })}</p>
    </section>
  )
}
