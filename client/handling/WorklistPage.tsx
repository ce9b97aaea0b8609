import { useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { TaskRow } from '../home/TaskRow.tsx'
import { type Task, type TaskKind, taskKinds, tasksOf } from '../home/tasks.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useNews } from '../transport/ConnectionContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Empty } from '../ui/Empty.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import '../recommendations/recommendations.css'
import './handling.css'

/** A department's desk: what there is to do with what it was given, by what is to be done, the nearest deadline first. */
export function WorklistPage() {
  const { t } = useTranslation()
  const { me, actor } = useMe()
  const known = actor.accountId !== null
  const worklist = useQueryOf('worklist', {}, { enabled: known, refetchInterval: 30_000 })
  const queryClient = useQueryClient()
  useNews('recommendation:changed', () => void queryClient.invalidateQueries({ queryKey: ['worklist'] }))
  if (me && !known) return <NotAllowed />
  return (
    <section className="page">
      <PageHead title={t('handling.worklist')} />
      <Loaded of={worklist} skeleton={<ListSkeleton />}>
        {(list) => <Groups tasks={tasksOf(list, actor)} />}
      </Loaded>
    </section>
  )
}

function Groups({ tasks }: { tasks: Task[] }) {
  const { t } = useTranslation()
  if (tasks.length === 0) return <Empty>{t('handling.worklistEmpty')}</Empty>
  return (
    <div className="stack stack-wide">
      {taskKinds.map((kind) => (
        <Group key={kind} kind={kind} tasks={tasks.filter((task) => task.kind === kind)} />
      ))}
    </div>
  )
}

function Group({ kind, tasks }: { kind: TaskKind; tasks: Task[] }) {
  const { t } = useTranslation()
  const id = useId()
  if (tasks.length === 0) return null
  return (
    <section className="worklist-group" aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {t(`handling.group.${kind}`)} <span className="soft">{tasks.length}</span>
      </h2>
      <ul className="plain-list sheet">
        {tasks.map((task) => (
          <TaskRow key={task.key} task={task} quiet />
        ))}
      </ul>
    </section>
  )
}
