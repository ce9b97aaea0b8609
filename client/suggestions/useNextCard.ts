import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Meeting } from '../../shared/meetings.ts'
import { resultsAfter, type Stance, seesResults } from '../../shared/stances.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { useConnection, useNews } from '../transport/ConnectionContext.tsx'
import { useCommand } from '../transport/useCommand.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

export type Judged = { suggestion: Suggestion; stance: Stance }
export type NextCard = ReturnType<typeof useNextCard>

/** The next suggestion to judge, chosen by the server as for the phones; and whether enough was judged to see what others think. */
export function useNextCard(meeting: Pick<Meeting, 'id' | 'status'>, enabled: boolean) {
  const meetingId = meeting.id
  const queryClient = useQueryClient()
  const { onConnect } = useConnection()
  const input = { meetingId, limit: 1 }
  const { data, refetch, isFetching } = useQueryOf('next-card', input, { enabled })
  const give = useCommand('stance:give')
  const [last, setLast] = useState<Judged | null>(null)
  const card = data?.cards[0] ?? null
  const { given, total } = data ?? { given: 0, total: 0 }
  const needed = Math.max(0, resultsAfter(total, meeting) - given)
  useEffect(() => onConnect(() => void (enabled && refetch())), [onConnect, refetch, enabled])
  // One that was just made public is the next one for whoever has judged all the others; one that was hidden is none any more.
  useNews('suggestion:changed', (suggestion) => {
    if (enabled && suggestion.meetingId === meetingId && (!card || card.id === suggestion.id)) void refetch()
  })

  return {
    card,
    last,
    given,
    total,
    /** So many more open the results. */
    needed,
    isLoaded: data !== undefined,
    isOpen: data !== undefined && seesResults({ moderates: false, given, total }, meeting),
    pending: give.pending || isFetching,
    failure: give.failure,
    async judge(suggestion: Suggestion, stance: Stance) {
      const result = await give.send({ suggestionId: suggestion.id, stance })
      if (result.ok) setLast({ suggestion, stance })
      await queryClient.invalidateQueries({ queryKey: keyOf('next-card', input) })
      return result.ok
    },
  }
}
