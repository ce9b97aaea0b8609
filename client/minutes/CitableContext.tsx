import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { Speech } from '../../shared/floor.ts'
import type { CitationStanding } from '../../shared/minutes-published.ts'
import type { Recording } from '../../shared/recording.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { useRecordings } from '../recording/useRecordings.ts'
import { usePublished } from '../signing/usePublished.ts'
import { recounted } from '../suggestions/counts.ts'
import { useConnection, useNews } from '../transport/ConnectionContext.tsx'
import { mergeNewer } from '../transport/mergeNewer.ts'
import { keyOf, useQueryOf } from '../transport/useQueryOf.ts'

type Citable = {
  meetingId: string
  suggestions: readonly Suggestion[]
  speeches: readonly Speech[]
  recordings: readonly Recording[]
  /** What stands behind a suggestion: now, and in signed minutes as it was when they were signed. */
  standing(suggestionId: string): CitationStanding | undefined
}

const CitableContext = createContext<Citable | null>(null)

/** What can be cited in a meeting's minutes, kept up to date. */
export function CitableProvider({ meetingId, children }: { meetingId: string; children: ReactNode }) {
  const suggestions = useSuggestions(meetingId)
  const speeches = useSpeeches(meetingId)
  const { data } = useRecordings(meetingId)
  const recordings = data?.recordings ?? none
  const { inForce } = usePublished(meetingId)
  const citable = useMemo<Citable>(
    () => ({
      meetingId,
      suggestions: [...suggestions.values()].sort(newestFirst),
      speeches,
      recordings,
      standing: (id) => (inForce ? inForce.standings.find(({ suggestionId }) => suggestionId === id) : standingNow(suggestions, id)),
    }),
    [meetingId, suggestions, speeches, recordings, inForce],
  )
  return <CitableContext value={citable}>{children}</CitableContext>
}

export function useCitable(): Citable {
  const citable = useContext(CitableContext)
  if (!citable) throw new Error('useCitable needs a CitableProvider above it')
  return citable
}

const none: readonly Recording[] = []

/** Of one that is merged, what stands behind the one it became part of. */
function standingNow(suggestions: ReadonlyMap<string, Suggestion>, suggestionId: string): CitationStanding | undefined {
  const cited = suggestions.get(suggestionId)
  const survivor = cited?.mergedIntoId ? suggestions.get(cited.mergedIntoId) : cited
  if (!cited || !survivor) return undefined
  const receipts = [...suggestions.values()].filter(({ id, mergedIntoId }) => id === survivor.id || mergedIntoId === survivor.id).length
  return { suggestionId, status: cited.status, supporters: survivor.supportCount, receipts }
}

const newestFirst = (one: Suggestion, other: Suggestion) => (one.createdAt < other.createdAt ? 1 : -1)

function useSuggestions(meetingId: string): ReadonlyMap<string, Suggestion> {
  const [known, setKnown] = useState<ReadonlyMap<string, Suggestion>>(new Map())
  const { data, refetch } = useQueryOf('suggestions', { meetingId, limit: 500 })
  const put = useCallback((...some: Suggestion[]) => setKnown((map) => mergeNewer(map, ...some)), [])
  const { ask, onConnect } = useConnection()

  useEffect(() => {
    if (data) put(...data)
  }, [data, put])
  useNews('suggestion:changed', (suggestion) => {
    if (suggestion.meetingId === meetingId) put(suggestion)
  })
  useNews('suggestions:counted', (counts) => setKnown((before) => recounted(before, counts)))
  // News only come to those who watch; what happened while the connection was away is in the list.
  useEffect(
    () =>
      onConnect(() => {
        void ask('meeting:watch', { meetingId }).then(() => refetch())
      }),
    [onConnect, ask, meetingId, refetch],
  )
  return known
}

function useSpeeches(meetingId: string): readonly Speech[] {
  const queryClient = useQueryClient()
  const { data } = useQueryOf('speeches', { meetingId })
  useNews('floor:changed', (floor) => {
    if (floor.meetingId === meetingId) void queryClient.invalidateQueries({ queryKey: keyOf('speeches', { meetingId }) })
  })
  return useMemo(() => [...(data ?? [])].reverse(), [data])
}
