import type { Speech } from './floor.ts'
import type { Meeting } from './meetings.ts'
import type { SpeechCitation } from './minutes.ts'

/** What the minutes say of a speech. */
export const speechCitation = (speech: Speech, meeting: Pick<Meeting, 'regions'>): SpeechCitation => ({
  speechId: speech.id,
  name: speech.name,
  siteName: speech.siteName ?? '',
  region: regionOf(speech, meeting),
  startedAt: speech.startedAt,
  seconds: speech.endedAt ? Math.round((Date.parse(speech.endedAt) - Date.parse(speech.startedAt)) / 1_000) : null,
})

/** The co-hosting region that a speech came from. */
function regionOf({ regionCode }: Speech, { regions }: Pick<Meeting, 'regions'>): string {
  const region = regionCode === null ? undefined : regions.find(({ code }) => regionCode.startsWith(code))
  return region?.path.join(' · ') ?? ''
}
