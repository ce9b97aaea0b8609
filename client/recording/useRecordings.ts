import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useConnection, useNews } from '../transport/ConnectionContext.tsx'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

/** Whether a meeting is being recorded, and what there is of it, kept up to date while its news is heard. */
export function useRecordings(meetingId: string, { enabled = true } = {}) {
  const queryClient = useQueryClient()
  const { onConnect } = useConnection()
  const query = useQueryOf('recordings', { meetingId }, { enabled })
  const { refetch } = query
  useNews('recording:changed', (state) => {
    if (state.meetingId === meetingId) void queryClient.invalidateQueries({ queryKey: keyOf('recordings', { meetingId }) })
  })
  // What changed while the connection was away was not heard.
  useEffect(
    () =>
      onConnect(() => {
        if (enabled) void refetch()
      }),
    [onConnect, refetch, enabled],
  )
  return query
}
