import { FundProjectionScreenOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import type { StageView } from '../../shared/stage.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { usePutStage, useStage } from './useStage.ts'

type Props = { meeting: Meeting; view: StageView; words: { show: string; hide: string }; size?: 'small' }

/** Lets the chair's side put something on the halls' screens instead of the speaker, and take it off again. Also outside the room. */
export function ViewButton({ meeting, ...props }: Props) {
  const { actor } = useMe()
  return meeting.status === 'live' && can(actor, 'room:chair', subjectOfMeeting(meeting)) ? (
    <Toggle meetingId={meeting.id} {...props} />
  ) : null
}

function Toggle({ meetingId, view, words, size }: Omit<Props, 'meeting'> & { meetingId: string }) {
  const put = usePutStage()
  const change = useCommand('stage:view')
  const shown = useStage(meetingId).view === view
  async function press() {
    const result = await change.send({ meetingId, view: shown ? 'speaker' : view })
    if (result.ok) put(result.value)
  }
  return (
    <>
      <Button
        {...(size && { size })}
        type={shown ? 'primary' : 'default'}
        icon={<FundProjectionScreenOutlined aria-hidden />}
        loading={change.pending}
        aria-pressed={shown}
        onClick={() => void press()}
      >
        {shown ? words.hide : words.show}
      </Button>
      <FailureNote failure={change.failure} />
    </>
  )
}
