import type { Suggestion } from '../../shared/suggestions.ts'
import { useMeeting } from '../meetings/useMeeting.ts'
import { useStations } from '../stations/useStations.ts'

/** Where a suggestion was scanned in: the name of the site or the station whose code its author used. */
export function useViaName({ meetingId, via }: Suggestion): string | undefined {
  const { data: meeting } = useMeeting(meetingId)
  const site = meeting?.sites.find(({ code }) => code === via)
  const { data: stations } = useStations(via && meeting && !site ? meeting.regions.map(({ code }) => code) : [])
  return site?.name ?? stations?.find(({ code }) => code === via)?.name
}
