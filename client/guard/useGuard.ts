import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { GuardState } from '../../shared/guard.ts'
import { useConnection, useNews } from '../transport/ConnectionContext.tsx'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

const againMs = 15_000

/** The state of a meeting's guard: read again when its news say so, and now and then for its figures. */
export function useGuard(meetingId: string) {
  const { onConnect } = useConnection()
  const queryClient = useQueryClient()
  const readAgain = () => void queryClient.invalidateQueries({ queryKey: keyOf('guard', { meetingId }) })
  useNews('guard:changed', (changed) => {
    if (changed.meetingId === meetingId) readAgain()
  })
  useEffect(
    () => onConnect(() => void queryClient.invalidateQueries({ queryKey: keyOf('guard', { meetingId }) })),
    [onConnect, queryClient, meetingId],
  )
  const state = useQueryOf('guard', { meetingId }, { refetchInterval: againMs })
  const put = (next: GuardState) => queryClient.setQueryData(keyOf('guard', { meetingId }), next)
  return { state, put }
}
