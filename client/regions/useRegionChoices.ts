import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Region } from '../../shared/regions.ts'
import { get } from '../transport/http.ts'

export type NamedRegion = Pick<Region, 'code' | 'path'>

const typingPauseMs = 250
const none: readonly NamedRegion[] = []
const everywhere = ['']

/** What a search for regions offers: the provinces at first, then whatever the typed text finds; within some regions, only what is theirs. */
export function useRegionChoices(known: readonly NamedRegion[] = none, within: readonly string[] = everywhere) {
  const [text, setText] = useState('')
  const [met, setMet] = useState<readonly NamedRegion[]>([])
  const sought = useSettled(text.trim(), typingPauseMs)

  const { data: found = none, isFetching } = useQuery({
    queryKey: ['region-choices', sought, within],
    queryFn: async ({ signal }) => (await Promise.all(within.map((code) => offered(code, sought, signal)))).flat(),
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

async function offered(within: string, sought: string, signal: AbortSignal): Promise<readonly NamedRegion[]> {
  if (sought) return get('region-search', { text: sought, ...(within && { under: within }) }, signal)
  return get('regions', within ? { parentCode: within } : {}, signal)
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
