import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../identity/MeContext.tsx'
import { ProposalTaskRow } from '../proposals/ProposalTaskRow.tsx'
import { taskOf } from '../proposals/shelves.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { TaskRow } from './TaskRow.tsx'
import { isMine, tasksOf } from './tasks.ts'
import './home.css'

/** What waits for me: to sign, to answer, to look at, to give to a department. */
export function WaitsForMe() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const id = useId()
  const { data } = useQueryOf('worklist', {}, { refetchInterval: 30_000 })
  const { data: proposals = [] } = useQueryOf('proposals', { shelf: 'waiting' }, { refetchInterval: 30_000 })
  if (!data) return null
  const tasks = tasksOf(data, actor).filter(isMine)
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
