import { AudioOutlined, MoreOutlined, StepForwardOutlined, StopOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { isParted } from '../../shared/breakouts.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useChairMenu } from '../chairing/useChairMenu.tsx'
import { useFloor } from '../floor/useFloor.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useFacts, useRoomSession } from '../media/RoomContext.tsx'
import { useRecordingMenu } from '../recording/useRecordingMenu.tsx'
import { useDirecting } from '../stage/useDirecting.ts'
import { useStage } from '../stage/useStage.ts'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'

/** What the chair has at hand: the floor for whoever waits first, the next agenda item, and the end. */
export function ChairActions() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { meeting, floor, participants, breakout, siteId } = useFacts()
  const subject = subjectOfMeeting(meeting)
  const { give, end } = useFloor()
  const agenda = useNextItem()
  const finish = useEndMeeting()
  const chair = useChairMenu()
  const recording = useRecordingMenu(meeting)
  const directing = useDirecting()
  const showsOpinion = useStage(meeting.id).view === 'opinion'
  const first = floor.requests.find(({ participantId }) => participants.get(participantId)?.present)
  const mayRun = can(actor, 'meeting:run', subject)
  const mayGive = can(actor, 'floor:give', subject) && !isParted(breakout)
  if (!mayRun && !mayGive) return null
  return (
    <div className="bar-group bar-chair">
      <div className="bar-notes">
        <FailureNote
          failure={
            give.failure ?? end.failure ?? agenda.failure ?? finish.failure ?? chair.failure ?? recording.failure ?? directing.failure
          }
        />
      </div>
      {mayGive && floor.current && (
        <Button
          size="large"
          icon={<StopOutlined aria-hidden />}
          loading={end.pending}
          aria-label={t('floor.end')}
          onClick={() => void end.send()}
        >
          <span className="bar-word">{t('floor.end')}</span>
        </Button>
      )}
      {mayGive && first && (
        <Button
          size="large"
          type="primary"
          icon={<AudioOutlined aria-hidden />}
          loading={give.pending}
          aria-label={t('floor.giveTo', { name: first.name })}
          onClick={() => void give.send(first.id)}
        >
          <span className="bar-word">{t('floor.giveTo', { name: first.name })}</span>
        </Button>
      )}
      {mayRun && (
        <>
          <Button
            size="large"
            icon={<StepForwardOutlined aria-hidden />}
            disabled={!agenda.next}
            loading={agenda.pending}
            aria-label={t(agenda.next ? 'room.actions.nextItem' : 'room.actions.lastItem')}
            onClick={() => void agenda.go()}
          >
            <span className="bar-word">{t(agenda.next ? 'room.actions.nextItem' : 'room.actions.lastItem')}</span>
          </Button>
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                {
                  key: 'projector',
                  label: t('stage.projector'),
                  onClick: () => window.open(`/screen/${meeting.id}${siteId ? `?site=${siteId}` : ''}`, '_blank'),
                },
                {
                  key: 'opinion',
                  label: t(showsOpinion ? 'opinion.screen.back' : 'opinion.screen.show'),
                  onClick: () => void directing.view(showsOpinion ? 'speaker' : 'opinion'),
                },
                ...recording.items,
                ...chair.items,
                { key: 'end', label: t('room.actions.end'), danger: true, onClick: finish.ask },
              ],
            }}
          >
            <Button size="large" icon={<MoreOutlined aria-hidden />} loading={finish.pending} aria-label={t('room.actions.more')} />
          </Dropdown>
          {chair.dialogs}
        </>
      )}
    </div>
  )
}

function useNextItem() {
  const { meeting } = useFacts()
  const { learn } = useRoomSession()
  const { send, pending, failure } = useCommand('agenda:go')
  const next = meeting.agenda[meeting.agenda.findIndex((item) => item.id === meeting.currentAgendaItemId) + 1]
  async function go() {
    if (!next) return
    const result = await send({ meetingId: meeting.id, agendaItemId: next.id })
    if (result.ok) learn.meeting(result.value)
  }
  return { next, go, pending, failure }
}

function useEndMeeting() {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const { meeting } = useFacts()
  const { send, pending, failure } = useCommand('meeting:end')
  const ask = () =>
    modal.confirm({
      title: t('room.endTitle'),
      content: t('room.endText'),
      okText: t('room.actions.end'),
      okButtonProps: { danger: true },
      onOk: async () => void (await send({ meetingId: meeting.id })),
    })
  return { ask, pending, failure }
}
