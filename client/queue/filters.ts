import type { Meeting } from '../../shared/meetings.ts'
import type { Suggestion } from '../../shared/suggestions.ts'
import { useStations } from '../stations/useStations.ts'

export type Filter = { agendaItemId?: string; category?: string; via?: string; regionCode?: string }

const without = '-'
export const noCode = without

/** Whether a suggestion passes; one that came by the meeting's own code is of no place. */
export function passes(filter: Filter, suggestion: Suggestion, regionOf: (via: string) => string | undefined): boolean {
  const { agendaItemId, category, via, regionCode } = filter
  if (agendaItemId && suggestion.agendaItemId !== agendaItemId) return false
  if (category && (suggestion.category ?? without) !== category) return false
  if (via && (suggestion.via ?? without) !== via) return false
  return !regionCode || (suggestion.via !== undefined && (regionOf(suggestion.via)?.startsWith(regionCode) ?? false))
}

/** The places whose codes lead to a meeting: its sites, and the stations of its regions. */
export function usePlaces(meeting: Meeting) {
  const { data: stations = [] } = useStations(meeting.regions.map(({ code }) => code))
  const places = new Map([...stations, ...meeting.sites].map(({ code, name, regionCode }) => [code, { name, regionCode }]))
  return {
    nameOf: (via: string) => places.get(via)?.name,
    regionOf: (via: string) => places.get(via)?.regionCode,
  }
}
