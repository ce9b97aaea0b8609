import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ProposalSummary } from '../../shared/proposals.ts'
import { ProposalTag } from './ProposalTag.tsx'
import type { Task } from './shelves.ts'

/** One proposal that waits for somebody, among their tasks. */
export function ProposalTaskRow({ proposal, task }: { proposal: ProposalSummary; task: Task }) {
  const { t } = useTranslation()
  return (
    <li className="task-row">
      <strong className="task-verb">{t(`proposals.task.${task}`)}</strong>
      <div className="grow">
        <Link to={`/recommendations/proposals/${proposal.id}`} className="recommendation-title">
          {proposal.title || t('proposals.untitled')}
        </Link>
        <div className="soft small">{[proposal.meetingTitle, proposal.proposer.name].join(' · ')}</div>
      </div>
      <ProposalTag proposal={proposal} />
    </li>
  )
}
