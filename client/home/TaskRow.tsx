import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { missingCountersigns } from '../../shared/assignment-machine.ts'
import type { Assignment, Recommendation } from '../../shared/recommendations.ts'
import { AssignmentTag } from '../recommendations/AssignmentTag.tsx'
import { dueOf } from '../recommendations/due.ts'
import { StateTag } from '../ui/StateTag.tsx'
import { DaysUntil } from '../ui/When.tsx'
import type { Task } from './tasks.ts'
import './home.css'

type Props = { task: Task /** The list says it already. */; quiet?: boolean }

/** One thing to do: what, with which recommendation, until when. */
export function TaskRow({ task: { kind, recommendation, assignment }, quiet = false }: Props) {
  const { t } = useTranslation()
  const due = assignment && dueOf(assignment)
  return (
    <li className="task-row">
      {!quiet && <strong className="task-verb">{t(`home.task.${kind}`)}</strong>}
      <div className="grow">
        <Link to={`/recommendations/${recommendation.id}`} className="recommendation-title">
          {recommendation.title}
        </Link>
        <div className="soft small">{aboutOf(recommendation, assignment, t).join(' · ')}</div>
      </div>
      {assignment ? <AssignmentTag assignment={assignment} /> : <StateTag tone="next">{t('recommendations.toIssue')}</StateTag>}
      <span className="assignment-due soft">{due && <DaysUntil at={due} />}</span>
    </li>
  )
}

/** The number, and of an assignment the department with its part, and whom it waits for. */
function aboutOf(recommendation: Recommendation, assignment: Assignment | null, t: TFunction): string[] {
  if (!assignment) return [recommendation.number]
  const waiting = assignment.part === 'lead' ? missingCountersigns(assignment, recommendation.assignments) : []
  const names = waiting.map(({ organizationName }) => organizationName).join(t('common.listSeparator'))
  const department = `${assignment.organizationName} ${t(`handling.part.${assignment.part}`)}`
  return [recommendation.number, department, ...(names ? [t('handling.waitsFor', { names })] : [])]
}
