import type { MinutesState } from '../../shared/minutes-stages.ts'
import { useAgainOnConnect, useNewest } from '../chairing/useNewest.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'

/** Where a meeting's minutes stand; undefined until it is known. `learn` takes what an answer said, without waiting for the news. */
export function useMinutesStage(meetingId: string): { state: MinutesState | undefined; learn: (state: MinutesState) => void } {
  const { data, refetch } = useQueryOf('minutes-state', { meetingId })
  const [state, learn] = useNewest(data)
  useNews('minutes:state-changed', (arrived) => {
    if (arrived.meetingId === meetingId) learn(arrived)
  })
  useAgainOnConnect(refetch)
  return { state, learn }
}
