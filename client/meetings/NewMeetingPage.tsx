import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { v7 } from 'uuid'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { mayCreateSomewhere } from './mayCreate.ts'
import { PlanForm } from './PlanForm.tsx'
import { emptyAgendaItem, emptySite, type PlanFields, planOf } from './plan.ts'

export function NewMeetingPage() {
  const { t } = useTranslation()
  const { me, actor } = useMe()
  const create = useCommand('meeting:create')
  const navigate = useNavigate()
  const [id] = useState(() => v7())
  const [initial] = useState(newPlan)

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
        known={[]}
        pending={create.pending}
        failure={create.failure}
        submitText={t('meetings.create')}
        cancelTo="/meetings"
        onSubmit={submit}
      />
    </section>
  )
}

const newPlan = (): PlanFields => ({
  title: '',
  startsAt: dayjs().add(1, 'day').hour(14).minute(0).second(0).millisecond(0),
  regionCodes: [],
  suggestionPolicy: 'approval',
  agenda: [emptyAgendaItem()],
  sites: [{ ...emptySite(), kind: 'main' }],
})
