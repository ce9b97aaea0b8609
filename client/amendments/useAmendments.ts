import type { Amendment } from '../../shared/amendments.ts'
import { useAgainOnConnect, useNewestOfAll } from '../chairing/useNewest.ts'
import { useNews } from '../transport/ConnectionContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'

export type Amendments = { open: Amendment[]; decided: Amendment[]; learn: (amendment: Amendment) => void }

/** A meeting's amendments: the open ones in the order in which they came, the decided ones with the newest first. */
export function useAmendments(meetingId: string): Amendments {
  const { data, refetch } = useQueryOf('amendments', { meetingId })
  const [known, learn] = useNewestOfAll(data)
  useNews('amendment:changed', (amendment) => {
    if (amendment.meetingId === meetingId) learn(amendment)
  })
  useAgainOnConnect(refetch)
  const all = [...known.values()]
  return {
    open: all.filter(({ status }) => status === 'open').sort((one, other) => (one.createdAt < other.createdAt ? -1 : 1)),
    decided: all.filter(({ status }) => status !== 'open').sort((one, other) => ((one.decidedAt ?? '') < (other.decidedAt ?? '') ? 1 : -1)),
    learn,
  }
}
