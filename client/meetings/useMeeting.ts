import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Meeting } from '../../shared/meetings.ts'
import { useConnection, useNews } from '../transport/ConnectionContext.tsx'
import { newerOf } from '../transport/mergeNewer.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

/** A meeting that stays as it is now: read once, then changed by its news, and read again after every reconnect. */
export function useMeeting(meetingId: string) {
  const put = usePutMeeting()
  useNews('meeting:changed', (meeting) => {
    if (meeting.id === meetingId) put(meeting)
  })
  useWatch(meetingId)
  return useQueryOf('meeting', { meetingId })
}

/** Keeps the newer of what is known of a meeting and what has arrived. */
export function usePutMeeting() {
  const queryClient = useQueryClient()
  return (meeting: Meeting) =>
    queryClient.setQueryData<Meeting>(keyOf('meeting', { meetingId: meeting.id }), (known) => newerOf(known, meeting))
}

/** Hears the news of a meeting while on the page, again after every reconnect; what was missed in between is read anew. */
export function useWatch(meetingId: string) {
  const { ask, onConnect } = useConnection()
  const queryClient = useQueryClient()
  useEffect(
    () =>
      onConnect(() => {
        void ask('meeting:watch', { meetingId }).then(() => queryClient.invalidateQueries({ queryKey: keyOf('meeting', { meetingId }) }))
      }),
    [ask, onConnect, meetingId, queryClient],
  )
}
