import { useTranslation } from 'react-i18next'
import { isWorking } from '../../shared/assignment-machine.ts'
import type { Colour } from '../../shared/clocks.ts'
import { type Assignment, colourOf } from '../../shared/recommendations.ts'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { DaysUntil } from '../ui/When.tsx'
import { dueOf } from './due.ts'
import './recommendations.css'

const tones: Record<Colour, Tone> = { green: 'steady', yellow: 'warn', red: 'late' }

/** Where an assignment stands, and how its clock runs: shape, colour and words. */
export function AssignmentTag({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation()
  const colour = colourOf(assignment, new Date())
  const second = assignment.round > 1 && isWorking(assignment.status) ? `${t('evaluations.secondRound')} · ` : ''
  const status = second + (wasRecalled(assignment) ? t('handling.recalled') : t(`recommendations.status.${assignment.status}`))
  if (assignment.paused) return <StateTag tone="plain">{t('recommendations.paused', { status })}</StateTag>
  if (assignment.status === 'returned' || assignment.status === 'registered') return <StateTag tone="warn">{status}</StateTag>
  if (colour === null) return <StateTag tone="good">{status}</StateTag>
  return (
    <StateTag tone={tones[colour]}>
      {status} · {t(`recommendations.colour.${colour}`)}
    </StateTag>
  )
}

const wasRecalled = ({ status, steps }: Assignment) => status === 'returned' && steps.at(-1)?.move === 'recall'

/** One department's part in one line. */
export function AssignmentLine({ assignment }: { assignment: Assignment }) {
  const due = dueOf(assignment)
  return (
    <div className="assignment-line">
      <span className="assignment-name">{assignment.organizationName}</span>
      <AssignmentTag assignment={assignment} />
      <span className="assignment-due soft">{due && <DaysUntil at={due} />}</span>
    </div>
  )
}
