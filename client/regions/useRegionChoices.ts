import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Region } from '../../shared/regions.ts'
import { get } from '../transport/http.ts'

export type NamedRegion = Pick<Region, 'code' | 'path'>

const typingPauseMs = 250
const none: readonly NamedRegion[] = []

/** What a search for regions offers: the provinces at first, then whatever the typed text finds. */
export function useRegionChoices(known: readonly NamedRegion[] = none) {
  const [text, setText] = useState('')
  const [met, setMet] = useState<readonly NamedRegion[]>([])
  const sought = useSettled(text.trim(), typingPauseMs)

  const { data: found = none, isFetching } = useQuery({
    queryKey: ['region-choices', sought],
    queryFn: ({ signal }) => (sought ? get('region-search', { text: sought }, signal) : get('regions', {}, signal)),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  // What was found once may be chosen, and must keep its name when the next search does not find it again.
  useEffect(() => setMet((before) => [...before, ...found.filter(({ code }) => !before.some((region) => region.code === code))]), [found])
  return {
    found,
    named: [...met, ...known.filter(({ code }) => !met.some((region) => region.code === code))],
    setText,
    searching: isFetching,
  }
}

/** The value once it has stopped changing for a while. */
function useSettled(value: string, pauseMs: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return settled
}
