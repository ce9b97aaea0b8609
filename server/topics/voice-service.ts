import type { Meeting } from '../../shared/meetings.ts'
import type { Actor } from '../../shared/policy.ts'
import type { Voice } from '../../shared/voice.ts'
import type { Db } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import { drawPicture, type Via, withoutResults } from './picture.ts'
import type { ThemeService } from './theme-service.ts'
import { readMinutes } from './theme-store.ts'
import { countPeople, listVoices } from './voice-store.ts'

type Deps = {
  db: Db
  meetings: Pick<MeetingService, 'require' | 'byId'>
  themes: Pick<ThemeService, 'figures'>
  /** Who is not counted, unless all are asked for. */
  setAside: (meetingId: string) => Promise<ReadonlySet<string>>
  /** Who sees what others think of the suggestions. */
  sees: (actor: Actor, meeting: Meeting) => Promise<boolean>
  /** Finds the words that the meeting's regions have listed. */
  listedIn: (meetingId: string) => Promise<(text: string) => boolean>
  /** Where the codes of sites and stations stand. */
  viasOf: (codes: string[]) => Promise<ReadonlyMap<string, Via>>
  now: () => Date
}

/** What looks at once share one reading. */
const sharedMs = 1_000

export type VoiceService = ReturnType<typeof createVoiceService>

/** The chair's picture of what people say. */
export function createVoiceService({ db, meetings, themes, setAside, sees, listedIn, viasOf, now }: Deps) {
  const recent = new Map<string, { atMs: number; picture: Promise<Voice> }>()

  async function draw(meetingId: string, all: boolean): Promise<Voice> {
    const aside = await setAside(meetingId)
    const out = all ? [] : [...aside]
    const meeting = await meetings.byId(db.reader, meetingId)
    const rows = await listVoices(db.reader, meetingId, out)
    const codes = [...new Set(rows.flatMap(({ via }) => via ?? []))]
    const [minutes, { themes: found }, people, vias, isListed] = await Promise.all([
      readMinutes(db.reader, meetingId, out),
      themes.figures(meeting, out, rows),
      countPeople(db.reader, meetingId, out),
      viasOf(codes),
      listedIn(meetingId),
    ])
    return drawPicture({
      meeting,
      rows,
      minutes,
      themes: found,
      people,
      vias,
      setAside: aside.size,
      isListed,
      nowMs: now().getTime(),
    })
  }

  return {
    async picture(actor: Actor, { meetingId, with: counted }: { meetingId: string; with?: 'all' | undefined }): Promise<Voice> {
      const meeting = await meetings.require(db.reader, actor, 'suggestion:read-all', meetingId)
      const picture = await latest(meetingId, counted)
      return (await sees(actor, meeting)) ? picture : withoutResults(picture)
    },
  }

  async function latest(meetingId: string, counted: 'all' | undefined): Promise<Voice> {
    const key = `${meetingId} ${counted ?? ''}`
    const atMs = now().getTime()
    const known = recent.get(key)
    if (known && atMs - known.atMs < sharedMs) return known.picture
    const picture = draw(meetingId, counted === 'all')
    picture.catch(() => recent.delete(key))
    recent.delete(key)
    recent.set(key, { atMs, picture })
    if (recent.size > 200) recent.delete(recent.keys().next().value!)
    return picture
  }
}
