import type { Speech } from '../../shared/floor.ts'
import type { Standing } from '../../shared/floor-order.ts'
import { lineageOf } from '../../shared/regions.ts'
import { secondsOf } from '../../shared/speaking-times.ts'

type Who = { participantId: string; siteId: string | null; regionCode: string | null }

/** What each who waits has had of the floor so far. Having the word now is having spoken, though its time is not yet counted. */
export function standingsFrom(speeches: readonly Speech[]): (who: Who) => Standing {
  const ended = speeches.flatMap(({ endedAt, ...rest }) => (endedAt ? [{ ...rest, seconds: secondsOf({ ...rest, endedAt }) }] : []))
  const sum = (matches: (speech: (typeof ended)[number]) => boolean) =>
    ended.reduce((total, speech) => (matches(speech) ? total + speech.seconds : total), 0)

  return ({ participantId, siteId, regionCode }) => {
    const personSeconds = sum((speech) => speech.participantId === participantId)
    const levels = regionCode ? lineageOf(regionCode) : []
    const regionSeconds = levels.map((code) => sum((speech) => speech.regionCode?.startsWith(code) ?? false))
    return {
      firstTime: !speeches.some((speech) => speech.participantId === participantId),
      personSeconds,
      siteSeconds: siteId ? sum((speech) => speech.siteId === siteId) : personSeconds,
      regionSeconds: Array.from({ length: 5 }, (_, level) => regionSeconds[level] ?? 0),
    }
  }
}
