import type { Actor } from '../../shared/policy.ts'
import type { Voice } from '../../shared/voice.ts'
import type { Db } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import { drawPicture, type Via } from './picture.ts'
import type { ThemeService } from './theme-service.ts'
import { readMinutes } from './theme-store.ts'
import { countPeople, listVoices } from './voice-store.ts'

type Deps = {
  db: Db
  meetings: Pick<MeetingService, 'require' | 'byId'>
  themes: Pick<ThemeService, 'figures'>
  /** Where the codes of sites and stations stand. */
  viasOf: (codes: string[]) => Promise<ReadonlyMap<string, Via>>
  now: () => Date
}

/** What looks at once share one reading. */
const sharedMs = 1_000

export type VoiceService = ReturnType<typeof createVoiceService>

/** The chair's picture of what people say. */
export function createVoiceService({ db, meetings, themes, viasOf, now }: Deps) {
  const recent = new Map<string, { atMs: number; picture: Promise<Voice> }>()

  async function draw(meetingId: string): Promise<Voice> {
    const meeting = await meetings.byId(db.reader, meetingId)
    const rows = await listVoices(db.reader, meetingId)
    const codes = [...new Set(rows.flatMap(({ via }) => via ?? []))]
    const [minutes, { themes: found }, people, vias] = await Promise.all([
      readMinutes(db.reader, meetingId),
      themes.figures(meeting),
      countPeople(db.reader, meetingId),
      viasOf(codes),
    ])
    return drawPicture({
      meeting,
      rows,
      minutes,
      themes: found.filter(({ size }) => size > 0),
      people,
      vias,
      nowMs: now().getTime(),
    })
  }

  return {
    async picture(actor: Actor, { meetingId }: { meetingId: string }): Promise<Voice> {
      await meetings.require(db.reader, actor, 'suggestion:read-all', meetingId)
      const atMs = now().getTime()
      const known = recent.get(meetingId)
      if (known && atMs - known.atMs < sharedMs) return known.picture
      const picture = draw(meetingId)
      picture.catch(() => recent.delete(meetingId))
      recent.delete(meetingId)
      recent.set(meetingId, { atMs, picture })
      if (recent.size > 200) recent.delete(recent.keys().next().value!)
      return picture
    },
  }
}
