import { useQueryClient } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { EvaluationTask } from '../../shared/evaluations.ts'
import '../identity/identity.css'
import { ReplyText } from '../recommendations/ReplyText.tsx'
import '../recommendations/recommendations.css'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'
import { DoorPage } from '../ui/DoorPage.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { When } from '../ui/When.tsx'
import { BallotForm } from './BallotForm.tsx'
import './evaluations.css'

/** Where the link of somebody who was drawn leads: what they judge, and the form. No account is needed. */
export function EvaluatePage() {
  const { t } = useTranslation()
  const { token = '' } = useParams()
  const task = useQueryOf('evaluation-task', { token })
  return (
    <DoorPage title={t('evaluations.task.title')}>
      <main className="evaluate-main">
        <Loaded of={task} skeleton={<Skeleton active />}>
          {(found) => <Task task={found} token={token} />}
        </Loaded>
      </main>
    </DoorPage>
  )
}

function Task({ task, token }: { task: EvaluationTask; token: string }) {
  const { t } = useTranslation()
  const { recommendation, organizationName, reply, suggestions, name, category, dueAt, closed } = task
  return (
    <div className="stack stack-wide">
      <div>
        <h1>{recommendation.title}</h1>
        <p className="soft">
          {recommendation.number} · {t('evaluations.task.department')}：{organizationName}
        </p>
        <p>{t('evaluations.task.hello', { name, category: t(`evaluations.category.${category}`) })}</p>
        {!closed && (
          <p className="soft">
            {t('evaluations.until')} <When at={dueAt} />
          </p>
        )}
      </div>
      <Sheet title={t('evaluations.task.recommendation')}>
        <div className="pre">{recommendation.body}</div>
      </Sheet>
      {reply && (
        <Sheet title={t('evaluations.task.reply')}>
          <ReplyText reply={reply} suggestions={suggestions} />
        </Sheet>
      )}
      <Sheet title={t('evaluations.title')}>
        {closed ? <p>{t('evaluations.task.closed')}</p> : <LinkBallot task={task} token={token} />}
      </Sheet>
    </div>
  )
}

function LinkBallot({ task: { ballot }, token }: { task: EvaluationTask; token: string }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const give = useCommand('evaluation:give-by-link')
  return (
    <>
      {ballot && (
        <p role="status">
          {t('evaluations.task.thanks')} {t('evaluations.given')}
        </p>
      )}
      <BallotForm
        key={ballot === null ? 'new' : 'given'}
        side="external"
        ballot={ballot}
        pending={give.pending}
        failure={give.failure}
        submit={async (said) => {
          const result = await give.send({ token, ...said })
          if (result.ok) queryClient.setQueryData(keyOf('evaluation-task', { token }), result.value)
        }}
      />
    </>
  )
}
