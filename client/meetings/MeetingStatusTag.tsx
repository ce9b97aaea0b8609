import { useTranslation } from 'react-i18next'
import type { MeetingSummary } from '../../shared/meetings.ts'
import { StateTag, type Tone } from '../ui/StateTag.tsx'

const tones: Record<MeetingSummary['status'], Tone> = { scheduled: 'next', live: 'live', ended: 'plain' }

export function MeetingStatusTag({ status }: Pick<MeetingSummary, 'status'>) {
  const { t } = useTranslation()
  return <StateTag tone={tones[status]}>{t(`meetings.status.${status}`)}</StateTag>
}
