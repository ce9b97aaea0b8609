import { useEffect, useMemo, useState } from 'react'
import type { StanceCounts } from '../../shared/stances.ts'
import { useConnection, useNews } from '../transport/ConnectionContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { stancesIn } from './counts.ts'

const nothing: ReadonlyMap<string, StanceCounts> = new Map()
const byId = (counts: readonly StanceCounts[]) => counts.map((one) => [one.suggestionId, one] as const)

/** How many think what of each suggestion, for the room: read once, then by its news, and read again after every reconnect. */
export function useStanceCounts(meetingId: string): ReadonlyMap<string, StanceCounts> {
  const { onConnect } = useConnection()
  const { data, refetch } = useQueryOf('stance-counts', { meetingId })
  const [heard, setHeard] = useState(nothing)
  useNews('suggestions:counted', (counts) => setHeard((before) => new Map([...before, ...byId(stancesIn(counts))])))
  useEffect(
    () =>
      onConnect(() => {
        setHeard(nothing)
        void refetch()
      }),
    [onConnect, refetch],
  )
  return useMemo(() => new Map([...byId(data ?? []), ...heard]), [data, heard])
}
