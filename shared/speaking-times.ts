import { z } from 'zod'
import { levelOf, lineageOf, regionLevels } from './regions.ts'
import { instant, regionCodeSchema } from './text.ts'

const spoken = { seconds: z.number().int(), speeches: z.number().int() }

/** Who has spoken how long. Of the speech in progress (`running`) nothing is counted yet: see {@link withRunning}. */
export const speakingTimesSchema = z.object({
  persons: z.array(z.object({ participantId: z.uuid(), name: z.string(), siteName: z.string().nullable(), ...spoken })),
  /** Every site of the meeting, also one that nobody has spoken from. `budgetMinutes` is null where none is set. */
  sites: z.array(
    z.object({ siteId: z.uuid(), name: z.string(), regionCode: regionCodeSchema, budgetMinutes: z.number().int().nullable(), ...spoken }),
  ),
  /** The sites' regions and all above them, the province first. */
  regions: z.array(z.object({ code: regionCodeSchema, name: z.string(), level: z.enum(regionLevels), ...spoken })),
  running: z
    .object({
      participantId: z.uuid(),
      name: z.string(),
      siteId: z.uuid().nullable(),
      siteName: z.string().nullable(),
      regionCode: regionCodeSchema.nullable(),
      startedAt: instant,
    })
    .nullable(),
})
export type SpeakingTimes = z.infer<typeof speakingTimesSchema>

type Spoken = {
  participantId: string
  name: string
  siteId: string | null
  siteName: string | null
  regionCode: string | null
  startedAt: string
  endedAt: string | null
}
type Place = { siteId: string; name: string; regionCode: string; budgetMinutes: number | null }

/** Whole seconds. Whoever had the floor at all has spoken for one: nobody stays at nothing by being brief. */
export const secondsOf = ({ startedAt, endedAt }: { startedAt: string; endedAt: string }): number =>
  Math.max(1, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000))

/** Adds up what was spoken, by person, site and region. `regionNames` gives the name of a code. */
export function addUp(speeches: readonly Spoken[], sites: readonly Place[], regionNames: ReadonlyMap<string, string>): SpeakingTimes {
  const ended = speeches.flatMap((speech) =>
    speech.endedAt ? [{ ...speech, seconds: secondsOf({ ...speech, endedAt: speech.endedAt }) }] : [],
  )
  const sum = (matches: (one: Spoken) => boolean) => {
    const own = ended.filter(matches)
    return { seconds: own.reduce((total, one) => total + one.seconds, 0), speeches: own.length }
  }
  const persons = new Map(
    ended.map((one) => [one.participantId, { participantId: one.participantId, name: one.name, siteName: one.siteName }]),
  )
  const codes = [...new Set(sites.flatMap((site) => lineageOf(site.regionCode)))].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  const running = speeches.find((one) => !one.endedAt)
  return {
    persons: [...persons.values()]
      .map((person) => ({ ...person, ...sum((one) => one.participantId === person.participantId) }))
      .sort((a, b) => b.seconds - a.seconds || (a.participantId < b.participantId ? -1 : 1)),
    sites: sites.map((site) => ({ ...site, ...sum((one) => one.siteId === site.siteId) })),
    regions: codes.map((code) => ({
      code,
      name: regionNames.get(code) ?? code,
      level: levelOf(code),
      ...sum((one) => one.regionCode?.startsWith(code) ?? false),
    })),
    running: running ? pickRunning(running) : null,
  }
}

const pickRunning = ({ participantId, name, siteId, siteName, regionCode, startedAt }: Spoken) => ({
  participantId,
  name,
  siteId,
  siteName,
  regionCode,
  startedAt,
})

/** The same with the speech in progress counted up to `now`. */
export function withRunning(times: SpeakingTimes, now: Date): SpeakingTimes {
  const { running } = times
  if (!running) return times
  const seconds = secondsOf({ startedAt: running.startedAt, endedAt: now.toISOString() })
  const more = <T extends { seconds: number; speeches: number }>(one: T): T => ({
    ...one,
    seconds: one.seconds + seconds,
    speeches: one.speeches + 1,
  })
  const { participantId, name, siteName } = running
  const known = times.persons.some((one) => one.participantId === participantId)
  const persons = known ? times.persons : [...times.persons, { participantId, name, siteName, seconds: 0, speeches: 0 }]
  return {
    ...times,
    persons: persons.map((one) => (one.participantId === participantId ? more(one) : one)).sort((a, b) => b.seconds - a.seconds),
    sites: times.sites.map((one) => (one.siteId === running.siteId ? more(one) : one)),
    regions: times.regions.map((one) => (running.regionCode?.startsWith(one.code) ? more(one) : one)),
  }
}
