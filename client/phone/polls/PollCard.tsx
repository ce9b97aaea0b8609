/** @jsxImportSource preact */
import { useState } from 'preact/hooks'
import { averageOf, percentOf } from '../../../shared/poll-rules.ts'
import type { PollView } from '../../../shared/polls.ts'
import { usePhone } from '../preferences.tsx'
import type { Translate } from '../words.ts'
import './polls.css'

const moods = ['veryGood', 'good', 'neither', 'bad', 'veryBad'] as const

function labelsOf({ kind, options }: PollView, t: Translate): string[] {
  if (kind === 'scale') return [1, 2, 3, 4, 5].map((n) => t('poll.points', { n }))
  return kind === 'mood' ? moods.map((mood) => t(`poll.${mood}`)) : options
}

type Props = { poll: PollView; onAnswer: (pollId: string, choices: number[]) => Promise<boolean> }

/** What the chair asks now: one tap answers, and another changes the answer. */
export function PollCard({ poll, onAnswer }: Props) {
  const { t } = usePhone()
  const [picked, setPicked] = useState<number[]>(poll.mine ?? [])
  const [pending, setPending] = useState(false)
  const [failed, setFailed] = useState(false)
  const { counts, answered, closedAt } = poll
  const several = poll.kind === 'multiple'
  const chosen = several && !closedAt ? picked : (poll.mine ?? [])
  const average = poll.kind === 'scale' && counts ? averageOf(counts) : null

  async function send(choices: number[]) {
    setPending(true)
    setFailed(!(await onAnswer(poll.id, choices)))
    setPending(false)
  }
  const choose = (choice: number) => {
    if (!several) return void send([choice])
    setPicked(picked.includes(choice) ? picked.filter((one) => one !== choice) : [...picked, choice].sort())
  }
  return (
    <section class="card poll" aria-labelledby="poll-title">
      <p class="soft small">
        {[t(closedAt ? 'poll.closed' : 'poll.title'), several && !closedAt && t('poll.several')].filter(Boolean).join(' · ')}
      </p>
      <h2 id="poll-title">{poll.question}</h2>
      {labelsOf(poll, t).map((label, choice) => {
        const percent = percentOf(counts?.[choice] ?? 0, answered)
        return (
          <button
            key={label}
            type="button"
            class="poll-row"
            aria-pressed={chosen.includes(choice)}
            disabled={pending || closedAt !== null}
            onClick={() => choose(choice)}
          >
            {counts && <span class="poll-bar" style={{ width: `${percent}%` }} />}
            <span>
              {chosen.includes(choice) && <span aria-hidden="true">✓ </span>}
              {label}
            </span>
            {counts && <span class="soft">{percent}%</span>}
          </button>
        )
      })}
      {several && !closedAt && (
        <button type="button" class="button" disabled={pending || picked.length === 0} onClick={() => void send(picked)}>
          {t('poll.send')}
        </button>
      )}
      <p class="wrong" role="alert">
        {failed && !closedAt && t('poll.failed')}
      </p>
      <p class="soft small">
        {t('poll.answered', { count: answered })}
        {average !== null && ` · ${t('poll.average', { average: average.toFixed(1) })}`}
        {!closedAt && poll.mine && ` · ${t('poll.changeable')}`}
        {!closedAt && !counts && ` · ${t(poll.results === 'closed' ? 'poll.hiddenUntilClosed' : 'poll.hiddenUntilAnswered')}`}
      </p>
    </section>
  )
}
