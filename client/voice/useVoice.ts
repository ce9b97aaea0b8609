import { useQueryClient } from '@tanstack/react-query'
import type { Meeting } from '../../shared/meetings.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'

/** Often enough to feel live; the server shares one reading among all who look. */
const readEveryMs = 3_000

/** The chair's picture of a meeting, as it is now; with `all`, those who were set aside count too. */
export function useVoice(meeting: Pick<Meeting, 'id' | 'status'>, all = false) {
  return useQueryOf(
    'voice',
    { meetingId: meeting.id, ...(all && { with: 'all' as const }) },
    meeting.status === 'live' ? { refetchInterval: readEveryMs } : {},
  )
}

/** A meeting's themes (with `all`, those who were set aside count too), read again when they change, and now and then because their heat does. */
export function useThemes(meeting: Pick<Meeting, 'id' | 'status'>, all = false) {
  const queryClient = useQueryClient()
  useNews('themes:changed', ({ meetingId }) => {
    if (meetingId !== meeting.id) return
    void queryClient.invalidateQueries({ queryKey: ['themes', { meetingId }] })
    void queryClient.invalidateQueries({ queryKey: ['theme-suggestions'] })
  })
  const input = { meetingId: meeting.id, ...(all && { with: 'all' as const }) }
  return useQueryOf('themes', input, meeting.status === 'live' ? { refetchInterval: 10_000 } : {})
}
