import { useTranslation } from 'react-i18next'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { useRecordings } from './useRecordings.ts'

/** The chair's switch, as a line of the room's menu. Where the server cannot record, it says so. */
export function useRecordingMenu(meeting: Meeting) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { data, refetch } = useRecordings(meeting.id)
  const start = useCommand('recording:start')
  const stop = useCommand('recording:stop')
  const failure = start.failure ?? stop.failure
  if (!data || !can(actor, 'recording:control', subjectOfMeeting(meeting))) return { items: [], failure }

  async function turn() {
    await (data?.on ? stop : start).send({ meetingId: meeting.id })
    await refetch()
  }
  const label = data.on ? t('recording.stop') : data.available ? t('recording.start') : t('recording.unavailable')
  return { items: [{ key: 'recording', label, disabled: !data.on && !data.available, onClick: () => void turn() }], failure }
}
