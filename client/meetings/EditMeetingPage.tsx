import { Alert } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useRegionNames } from '../regions/useRegionNames.ts'
import { useCommand } from '../transport/useCommand.ts'
import { Loaded, NotAllowed } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { PlanForm } from './PlanForm.tsx'
import { fieldsOf, type PlanFields, planOf } from './plan.ts'
import { useMeeting, usePutMeeting } from './useMeeting.ts'

export function EditMeetingPage() {
  const { meetingId = '' } = useParams()
  const { actor } = useMe()
  return (
    <Loaded of={useMeeting(meetingId)}>
      {(meeting) => (can(actor, 'meeting:edit', subjectOfMeeting(meeting)) ? <Edit meeting={meeting} /> : <NotAllowed />)}
    </Loaded>
  )
}

function Edit({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const update = useCommand('meeting:update')
  const put = usePutMeeting()
  const navigate = useNavigate()
  // What is being edited is what was read when the page opened; the server refuses when it has changed since.
  const [edited] = useState(meeting)
  const [initial] = useState(() => fieldsOf(meeting))
  const names = useRegionNames(
    edited.sites.map(({ regionCode }) => regionCode),
    edited.regions,
  )
  const known = [...names].map(([code, path]) => ({ code, path: [...path] }))

  async function submit(fields: PlanFields) {
    const result = await update.send({ meetingId: edited.id, version: edited.version, ...planOf(fields) })
    if (!result.ok) return
    put(result.value)
    await navigate(`/meetings/${edited.id}`)
  }
  return (
    <section className="page page-narrow">
      <PageHead title={t('meetings.edit')} sub={<span className="soft">{edited.title}</span>} />
      {meeting.version > edited.version && <Alert type="warning" showIcon title={t('meetings.changedMeanwhile')} className="plan-alert" />}
      <PlanForm
        initial={initial}
        known={known}
        pending={update.pending}
        failure={update.failure}
        submitText={t('common.save')}
        cancelTo={`/meetings/${edited.id}`}
        onSubmit={submit}
      />
    </section>
  )
}
