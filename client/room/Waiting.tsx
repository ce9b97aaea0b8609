import { Button } from 'antd'
import { Trans, useTranslation } from 'react-i18next'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { usePutMeeting } from '../meetings/useMeeting.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { When } from '../ui/When.tsx'
import { Door } from './Door.tsx'

/** Before the meeting is opened. The news of its opening brings up the door by itself. */
export function Waiting({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const put = usePutMeeting()
  const open = useCommand('meeting:open')

  async function declareOpen() {
    const result = await open.send({ meetingId: meeting.id })
    if (result.ok) put(result.value)
  }
  return (
    <Door title={t('room.waiting.title')}>
      <p className="door-meeting">{meeting.title}</p>
      <p className="soft">
        <Trans i18nKey="room.waiting.text" components={{ when: <When at={meeting.startsAt} /> }} />
      </p>
      <FailureNote failure={open.failure} />
      <div className="row">
        {can(actor, 'meeting:run', subjectOfMeeting(meeting)) && (
          <Button type="primary" size="large" loading={open.pending} onClick={() => void declareOpen()}>
            {t('room.actions.open')}
          </Button>
        )}
        <LinkButton size="large" to={`/meetings/${meeting.id}`}>
          {t('room.join.back')}
        </LinkButton>
      </div>
    </Door>
  )
}
