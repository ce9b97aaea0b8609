import type { MeetingSummary } from '../../shared/meetings.ts'
import { MeetingRow } from './MeetingRow.tsx'

export function MeetingList({ meetings }: { meetings: readonly MeetingSummary[] }) {
  return (
    <ul className="plain-list sheet">
      {meetings.map((meeting) => (
        <MeetingRow key={meeting.id} meeting={meeting} />
      ))}
    </ul>
  )
}
