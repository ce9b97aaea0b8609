import { useQueryClient } from '@tanstack/react-query'
import type { MeetingOpinion } from '../../shared/opinion.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { failureOf } from '../transport/failures.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'

/** For those who hear no news of the room, such as members who are not in it. */
const readEveryMs = 20_000

/** The picture of a meeting's opinions as it is now; read again when there is a newer one. */
export function useOpinion(meetingId: string, view: MeetingOpinion['with'] = 'counted') {
  const queryClient = useQueryClient()
  useNews('opinion:changed', (changed) => {
    if (changed.meetingId === meetingId) void queryClient.invalidateQueries({ queryKey: ['opinion', { meetingId }] })
  })
  return useQueryOf('opinion', { meetingId, with: view }, { refetchInterval: readEveryMs })
}

/** Whether it is not shown because whoever asks has not voted on enough. What was read while it was shown is no longer for them. */
export const isToVoteFirst = ({ error }: { error: unknown }) => error !== null && failureOf(error).reason === 'vote-first'
