import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMe } from '../identity/MeContext.tsx'
import { ProposalTaskRow } from '../proposals/ProposalTaskRow.tsx'
import { taskOf } from '../proposals/shelves.ts'
import { AssignmentTag } from '../recommendations/AssignmentTag.tsx'
import { dueOf } from '../recommendations/due.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { DaysUntil } from '../ui/When.tsx'
import { type Task, tasksOf } from './tasks.ts'
import './home.css'

/** What waits for me: to sign, to answer, to give to a department. */
export function WaitsForMe() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const id = useId()
  const { data } = useQueryOf('recommendations', {}, { refetchInterval: 30_000 })
  const { data: proposals = [] } = useQueryOf('proposals', {}, { refetchInterval: 30_000 })
  if (!data) return null
  const tasks = tasksOf(data, actor)
  const toReview = proposals.flatMap((proposal) => {
    const task = taskOf(proposal, actor)
    return task ? [{ proposal, task }] : []
  })
  const count = tasks.length + toReview.length
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {t('home.waiting')} {count > 0 && <span className="soft">{count}</span>}
      </h2>
      {count === 0 ? (
        <Empty>{t('home.nothingWaits')}</Empty>
      ) : (
        <ul className="plain-list sheet">
          {tasks.map((task) => (
            <TaskRow key={task.key} task={task} />
          ))}
          {toReview.map(({ proposal, task }) => (
            <ProposalTaskRow key={proposal.id} proposal={proposal} task={task} />
          ))}
        </ul>
      )}
    </section>
  )
}

function TaskRow({ task: { kind, recommendation, assignment } }: { task: Task }) {
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
