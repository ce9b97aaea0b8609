import { editionInForce, type PublishedEdition } from '../../shared/minutes-published.ts'
import { useAgainOnConnect } from '../chairing/useNewest.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'

/** The signed editions of a meeting's minutes, newest first, and the one that is in force. */
export function usePublished(meetingId: string, enabled = true): { editions: PublishedEdition[]; inForce: PublishedEdition | undefined } {
  const { data, refetch } = useQueryOf('published-minutes', { meetingId }, { enabled })
  useNews('minutes:state-changed', (state) => {
    if (state.meetingId === meetingId) void refetch()
  })
  useAgainOnConnect(refetch)
  const editions = data ?? none
  return { editions, inForce: editionInForce(editions) }
}

const none: PublishedEdition[] = []
