import { useEffect, useState } from 'react'
import type { Suggestion } from '../../shared/suggestions.ts'

/**
 * Which one of the list is before me; once the list is whole it stays so whatever comes before it. What was decided leaves the list; then the next one
 * that nobody else works on stands in its place.
 */
export function useCursor(list: readonly Suggestion[] | undefined, whole: boolean, isTaken: (suggestion: Suggestion) => boolean) {
  const [at, setAt] = useState<{ id: string | undefined; place: number }>({ id: undefined, place: 0 })
  const free = (one: Suggestion) => !isTaken(one)
  const current = list?.find(({ id }) => id === at.id) ?? list?.slice(at.place).find(free) ?? list?.findLast(free) ?? list?.at(-1)
  const id = current?.id
  const place = current ? (list ?? []).indexOf(current) : 0

  useEffect(() => {
    if (id !== undefined && whole) setAt((before) => (before.id === id && before.place === place ? before : { id, place }))
  }, [id, place, whole])

  const pick = (suggestion: Suggestion | undefined) => suggestion && list && setAt({ id: suggestion.id, place: list.indexOf(suggestion) })
  return {
    current,
    pick,
    step: (by: number) => current && pick(list?.[place + by]),
    goTo: (suggestionId: string) => setAt((before) => ({ id: suggestionId, place: before.place })),
    reset: () => setAt({ id: undefined, place: 0 }),
  }
}
