import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { v7 } from 'uuid'
import type { Topic } from '../../shared/topics.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { mayCreateSomewhere } from './mayCreate.ts'
import { PlanForm } from './PlanForm.tsx'
import { emptyAgendaItem, emptySite, type PlanFields, planOf } from './plan.ts'

/** `?topic=` prefills the plan with a topic that a secretary has taken up. */
export function NewMeetingPage() {
  const [search] = useSearchParams()
  const topicId = search.get('topic')
  return topicId ? <OfTopic topicId={topicId} /> : <NewMeeting />
}

function OfTopic({ topicId }: { topicId: string }) {
  return <Loaded of={useQueryOf('topic', { topicId })}>{(topic) => <NewMeeting topic={topic} />}</Loaded>
}

function NewMeeting({ topic }: { topic?: Topic }) {
  const { t } = useTranslation()
  const { me, actor } = useMe()
  const create = useCommand('meeting:create')
  const navigate = useNavigate()
  const [id] = useState(() => v7())
  const [initial] = useState(() => newPlan(topic))

  async function submit(fields: PlanFields) {
    const result = await create.send({ id, ...planOf(fields) })
    if (result.ok) await navigate(`/meetings/${id}`)
  }
  if (me && !mayCreateSomewhere(actor)) return <NotAllowed />
  return (
    <section className="page page-narrow">
      <PageHead title={t('meetings.new')} sub={<span className="soft">{t('meetings.newIntro')}</span>} />
      <PlanForm
        initial={initial}
        known={topic ? [{ code: topic.regionCode, path: topic.regionPath }] : []}
        pending={create.pending}
        failure={create.failure}
        submitText={t('meetings.create')}
        cancelTo="/meetings"
        onSubmit={submit}
      />
    </section>
  )
}

const newPlan = (topic?: Topic): PlanFields => ({
  title: topic?.title ?? '',
  startsAt: dayjs().add(1, 'day').hour(14).minute(0).second(0).millisecond(0),
  regionCodes: topic ? [topic.regionCode] : [],
  suggestionPolicy: 'approval',
  agenda: [{ ...emptyAgendaItem(), title: topic?.title ?? '' }],
  sites: [{ ...emptySite(), kind: 'main' }],
})
