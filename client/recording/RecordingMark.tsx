import { useTranslation } from 'react-i18next'
import { StateTag } from '../ui/StateTag.tsx'
import { useRecordings } from './useRecordings.ts'

/** Tells everybody in the room that what is said is recorded. */
export function RecordingMark({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation()
  const { data } = useRecordings(meetingId)
  return <span role="status">{data?.on && <StateTag tone="live">{t('recording.on')}</StateTag>}</span>
}
