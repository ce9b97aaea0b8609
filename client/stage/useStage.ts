import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Stage } from '../../shared/stage.ts'
import { useConnection, useNews } from '../transport/ConnectionContext.tsx'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

const empty = (meetingId: string): Stage => ({ meetingId, spotlightId: null, suggestionId: null, view: 'speaker', version: 0 })

/** What the chair has put before everybody: read once, then by its news, and read again after every reconnect. */
export function useStage(meetingId: string): Stage {
  const { onConnect } = useConnection()
  const queryClient = useQueryClient()
  const put = usePutStage()
  useNews('stage:changed', (stage) => {
    if (stage.meetingId === meetingId) put(stage)
  })
  useEffect(
    () => onConnect(() => void queryClient.invalidateQueries({ queryKey: keyOf('stage', { meetingId }) })),
    [onConnect, queryClient, meetingId],
  )
  return useQueryOf('stage', { meetingId }).data ?? empty(meetingId)
}

export function usePutStage() {
  const queryClient = useQueryClient()
  return (stage: Stage) =>
    queryClient.setQueryData<Stage>(keyOf('stage', { meetingId: stage.meetingId }), (known) =>
      known && known.version > stage.version ? known : stage,
    )
}
