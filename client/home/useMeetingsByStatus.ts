import type { MeetingSummary } from '../../shared/meetings.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'

/** All recent meetings by where they stand: live first opened first, the next to come first, the last ended first. */
export function useMeetingsByStatus() {
  const meetings = useQueryOf('meetings', { limit: 200 }, { refetchInterval: 15_000 })
  return { ...meetings, data: meetings.data && split(meetings.data) }
}

function split(meetings: readonly MeetingSummary[]) {
  const byStart = [...meetings].sort((one, other) => one.startsAt.localeCompare(other.startsAt))
  const of = (status: MeetingSummary['status']) => byStart.filter((meeting) => meeting.status === status)
  return { live: of('live'), scheduled: of('scheduled'), ended: of('ended').reverse() }
}
