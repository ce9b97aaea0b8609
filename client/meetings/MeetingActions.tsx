import { App, Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { publishedPath } from '../../shared/minutes-published.ts'
import { type Action, can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { usePublished } from '../signing/usePublished.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { usePutMeeting } from './useMeeting.ts'

/** What I may do with this meeting now, the one main thing first. */
export function MeetingActions({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const may = (action: Action) => can(actor, action, subjectOfMeeting(meeting))
  const { id, status, code } = meeting
  const { editions } = usePublished(id, status === 'ended')

  const offers: readonly { when: boolean; draw: (type: 'primary' | 'default') => ReactNode }[] = [
    {
      when: status === 'live' && may('room:enter'),
      draw: (type) => (
        <LinkButton key="room" type={type} to={`/meetings/${id}/room`}>
          {t('meetings.enter')}
        </LinkButton>
      ),
    },
    { when: status === 'scheduled' && may('meeting:run'), draw: () => <Open key="open" meeting={meeting} /> },
    {
      when: may('minutes:read'),
      draw: (type) => (
        <LinkButton key="minutes" type={type} to={`/meetings/${id}/minutes`}>
          {may('minutes:edit') ? t('meetings.writeMinutes') : t('meetings.readMinutes')}
        </LinkButton>
      ),
    },
    {
      when: editions.length > 0,
      // A page that the server writes, and no route of ours.
      draw: (type) => (
        <Button key="published" type={type} href={publishedPath(code)}>
          {t('signing.published')}
        </Button>
      ),
    },
    {
      when: status !== 'scheduled' && may('suggestion:read-all'),
      draw: (type) => (
        <LinkButton key="voice" type={type} to={`/meetings/${id}/voice`}>
          {t('voice.open')}
        </LinkButton>
      ),
    },
    {
      when: status !== 'scheduled' && may('suggestion:moderate'),
      draw: (type) => (
        <LinkButton key="queue" type={type} to={`/meetings/${id}/queue`}>
          {t('queue.title')}
        </LinkButton>
      ),
    },
    {
      when: status !== 'scheduled' && may('suggestion:read-all'),
      draw: (type) => (
        <LinkButton key="opinion" type={type} to={`/meetings/${id}/opinion`}>
          {t('opinion.open')}
        </LinkButton>
      ),
    },
    {
      when: status !== 'scheduled' && may('recording:replay'),
      draw: (type) => (
        <LinkButton key="replay" type={type} to={`/meetings/${id}/replay`}>
          {t('recording.replayWord')}
        </LinkButton>
      ),
    },
    {
      when: status !== 'scheduled' && may('proposal:propose'),
      draw: (type) => (
        <LinkButton key="recommend" type={type} to={`/recommendations/new?meeting=${id}`}>
          {t('meetings.recommend')}
        </LinkButton>
      ),
    },
    {
      when: status !== 'ended' && !may('room:enter'),
      draw: (type) => (
        <Button key="suggest" type={type} href={`/s/${code}`}>
          {t('meetings.suggest')}
        </Button>
      ),
    },
    {
      when: status === 'scheduled' && may('meeting:edit'),
      draw: (type) => (
        <LinkButton key="edit" type={type} to={`/meetings/${id}/edit`}>
          {t('meetings.edit')}
        </LinkButton>
      ),
    },
    { when: status === 'live' && may('meeting:run'), draw: () => <End key="end" meeting={meeting} /> },
  ]
  const shown = offers.filter(({ when }) => when)
  return <div className="row">{shown.map(({ draw }, place) => draw(place === 0 ? 'primary' : 'default'))}</div>
}

function Open({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const put = usePutMeeting()
  const navigate = useNavigate()
  const open = useCommand('meeting:open')

  async function declareOpen() {
    const result = await open.send({ meetingId: meeting.id })
    if (!result.ok) return
    put(result.value)
    await navigate(`/meetings/${meeting.id}/room`)
  }
  return (
    <>
      <Button type="primary" loading={open.pending} onClick={() => void declareOpen()}>
        {t('meetings.open')}
      </Button>
      <FailureNote failure={open.failure} />
    </>
  )
}

function End({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const put = usePutMeeting()
  const end = useCommand('meeting:end')

  const ask = () =>
    modal.confirm({
      title: t('meetings.endTitle'),
      content: t('meetings.endText'),
      okText: t('meetings.end'),
      okButtonProps: { danger: true },
      async onOk() {
        const result = await end.send({ meetingId: meeting.id })
        if (result.ok) put(result.value)
      },
    })
  return (
    <>
      <Button danger loading={end.pending} onClick={ask}>
        {t('meetings.end')}
      </Button>
      <FailureNote failure={end.failure} />
    </>
  )
}
