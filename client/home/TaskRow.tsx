import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { AssignmentTag } from '../recommendations/AssignmentTag.tsx'
import { dueOf } from '../recommendations/due.ts'
import { StateTag } from '../ui/StateTag.tsx'
import { DaysUntil } from '../ui/When.tsx'
import type { Task } from './tasks.ts'
import './home.css'

/** One thing to do: what, with which recommendation, until when. */
export function TaskRow({ task: { kind, recommendation, assignment } }: { task: Task }) {
  const { t } = useTranslation()
  const due = assignment && dueOf(assignment)
  return (
    <li className="task-row">
      <strong className="task-verb">{t(`home.task.${kind}`)}</strong>
      <div className="grow">
        <Link to={`/recommendations/${recommendation.id}`} className="recommendation-title">
          {recommendation.title}
        </Link>
        <div className="soft small">{[recommendation.number, assignment?.organizationName].filter(Boolean).join(' · ')}</div>
      </div>
      {assignment ? <AssignmentTag assignment={assignment} /> : <StateTag tone="next">{t('recommendations.toIssue')}</StateTag>}
      <span className="assignment-due soft">{due && <DaysUntil at={due} />}</span>
    </li>
  )
}
