import { useEffect, useMemo, useState } from 'react'
import type { StanceCounts } from '../../shared/stances.ts'
import { useConnection, useNews } from '../transport/ConnectionContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { stancesIn } from './counts.ts'

const nothing: ReadonlyMap<string, StanceCounts> = new Map()
const byId = (counts: readonly StanceCounts[]) => counts.map((one) => [one.suggestionId, one] as const)

/** Whoever is not told asks so often. */
const askEveryMs = 5_000

/**
 * How many think what of each suggestion. The chair's side reads it once and is told of changes; all others ask, since they may only
 * once they have voted on enough.
 */
export function useStanceCounts(meetingId: string, way: 'told' | 'asking' | 'closed'): ReadonlyMap<string, StanceCounts> {
  const { onConnect } = useConnection()
  const isOpen = way !== 'closed'
  const asking = way === 'asking' ? { refetchInterval: askEveryMs } : {}
  const { data, refetch } = useQueryOf('stance-counts', { meetingId }, { enabled: isOpen, ...asking })
  const [heard, setHeard] = useState(nothing)
  useNews('suggestions:counted', (counts) => setHeard((before) => new Map([...before, ...byId(stancesIn(counts))])))
  useEffect(
    () =>
      onConnect(() => {
        setHeard(nothing)
        if (isOpen) void refetch()
      }),
    [onConnect, refetch, isOpen],
  )
  return useMemo(() => (isOpen ? new Map([...byId(data ?? []), ...heard]) : nothing), [data, heard, isOpen])
}
