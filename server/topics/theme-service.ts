import type { Logger } from 'pino'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { type Actor, allow } from '../../shared/policy.ts'
import { heatStepMs, heatSteps, type Theme, type ThemeSuggestion, type Themes } from '../../shared/themes.ts'
import type { LexiconCategory } from '../../shared/topics.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { SuggestionService } from '../suggestions/service.ts'
import type { Publish } from '../transport/publish.ts'
import { createCorrections } from './corrections.ts'
import type { TextEngine } from './engine.ts'
import { createGrouping } from './grouping.ts'
import { createRounds } from './rounds.ts'
import { type Happening, heatSeries, heatWeights } from './text/heat.ts'
import * as store from './theme-store.ts'
import { listVoices, type VoiceRow } from './voice-store.ts'

export type ThemeService = ReturnType<typeof createThemeService>

type Deps = {
  db: Db
  audit: AuditService
  meetings: MeetingService
  suggestions: Pick<SuggestionService, 'ofMeeting' | 'onChange'>
  publish: Publish
  engine: Pick<TextEngine, 'ask'>
  /** Whose supports heat nothing. */
  setAside: (meetingId: string) => Promise<ReadonlySet<string>>
  /** Who sees what others think of the suggestions. */
  sees: (actor: Actor, meeting: Meeting) => Promise<boolean>
  lexiconOf: (meeting: Meeting) => Promise<LexiconCategory[]>
  now: () => Date
  log: Logger
}

/** What a meeting's suggestions are about, found anew a moment after each of them. */
export function createThemeService({ db, audit, meetings, suggestions, publish, engine, setAside, sees, lexiconOf, now, log }: Deps) {
  const listeners: ((meetingId: string) => Promise<void>)[] = []
  /** The groups that say the same, as of the last grouping here; another node or a restart finds them anew. */
  const same = new Map<string, string[][]>()
  const tell = (tx: Tx, meetingId: string, version: number) => publish(tx, meetingId, ['room'], 'themes:changed', { meetingId, version })

  const group = createGrouping({ db, engine, now, lexiconOf: async (id) => lexiconOf(await meetings.byId(db.reader, id)) })
  const rounds = createRounds({ log, work: groupNow })
  const corrections = createCorrections({
    db,
    audit,
    meetings,
    suggestions,
    now,
    onChange(tx, meetingId, version) {
      tell(tx, meetingId, version)
      tx.afterCommit(() => rounds.soon(meetingId))
    },
  })
  suggestions.onChange(rounds.soon)

  async function groupNow(meetingId: string) {
    const grouped = await group(meetingId, (tx, version) => tell(tx, meetingId, version))
    same.set(meetingId, grouped.same)
    if (same.size > 200) same.delete(same.keys().next().value!)
    for (const listener of listeners) await listener(meetingId)
  }

  /** What was written before this process began is grouped once somebody looks, not only with the next change. */
  function groupFirst(meetingId: string) {
    if (!same.has(meetingId)) rounds.soon(meetingId)
  }

  /** Heat is of now while the meeting runs, and of its end once it has ended. */
  const heatEnd = ({ endedAt }: Pick<Meeting, 'endedAt'>) => (endedAt ? Date.parse(endedAt) : now().getTime())

  /** What the suggestions of each theme were given by those who count; of a suggestion that nobody of them stands behind there is nothing. */
  async function figures(
    meeting: Meeting,
    out: readonly string[],
    voices: readonly VoiceRow[],
  ): Promise<{ themes: Theme[]; loose: number }> {
    groupFirst(meeting.id)
    const rows = await store.listThemes(db.reader, meeting.id)
    const { byTheme, loose } = figuresOf(voices)
    const happenings = await happeningsByTheme(meeting.id, out)
    const endMs = heatEnd(meeting)
    const themes = rows.map(({ id, meetingId, words, name, kept }) => {
      const series = heatSeries(happenings.get(id) ?? [], { endMs, stepMs: heatStepMs, count: heatSteps }).map(round)
      const figure = byTheme.get(id) ?? { size: 0, supports: 0, agrees: 0, disagrees: 0 }
      return { id, meetingId, words, name, kept, ...figure, heat: series.at(-1) ?? 0, series }
    })
    return { themes: themes.sort(hottestFirst), loose }
  }

  async function happeningsByTheme(meetingId: string, out: readonly string[]): Promise<Map<string, Happening[]>> {
    const places = new Map((await store.listPlaces(db.reader, meetingId)).map((place) => [place.suggestionId, place.themeId]))
    const byTheme = new Map<string, Happening[]>()
    for (const { id, at, posts, supports } of await store.readMinutes(db.reader, meetingId, out)) {
      const themeId = places.get(id)
      if (!themeId) continue
      const list = byTheme.get(themeId) ?? []
      list.push({ atMs: at, weight: posts * heatWeights.post + supports * heatWeights.support })
      byTheme.set(themeId, list)
    }
    return byTheme
  }

  async function sameOf(meetingId: string): Promise<Themes['same']> {
    const groups = same.get(meetingId)
    const texts = new Map((await store.readTexts(db.reader, (groups ?? []).flat())).map((row) => [row.id, row]))
    return (groups ?? [])
      .map((ids) => ids.flatMap((id) => texts.get(id) ?? []).sort((one, other) => other.supports - one.supports))
      .filter((texts) => texts.length > 1)
  }

  return {
    ...corrections,
    figures,
    /** Called after every grouping, outside of its transaction. */
    onGrouped: (listener: (meetingId: string) => Promise<void>) => void listeners.push(listener),
    /** What counts of a meeting has changed in another way than by its suggestions. */
    touch: rounds.soon,
    /** Groups at once instead of in a moment. */
    groupNow,

    async list(actor: Actor, { meetingId, with: counted }: { meetingId: string; with?: 'all' | undefined }): Promise<Themes> {
      const meeting = await meetings.require(db.reader, actor, 'suggestion:read-all', meetingId)
      const version = await store.readVersion(db.reader, meetingId)
      const aside = await setAside(meetingId)
      const out = counted === 'all' ? [] : [...aside]
      const { themes, loose } = await figures(meeting, out, await listVoices(db.reader, meetingId, out))
      return {
        version,
        at: now().toISOString(),
        setAside: aside.size,
        themes: (await sees(actor, meeting)) ? themes : themes.map(({ agrees, disagrees, ...theme }) => theme),
        loose,
        same: await sameOf(meetingId),
      }
    },

    async suggestionsOf(
      actor: Actor,
      { meetingId, themeId, with: counted }: { meetingId: string; themeId?: string | undefined; with?: 'all' | undefined },
    ): Promise<ThemeSuggestion[]> {
      const meeting = await meetings.byId(db.reader, meetingId)
      allow(actor, 'suggestion:read-all', subjectOfMeeting(meeting))
      const out = counted === 'all' ? [] : [...(await setAside(meetingId))]
      const [rows, voices] = await Promise.all([
        store.listOfTheme(db.reader, meetingId, themeId ?? null),
        listVoices(db.reader, meetingId, out),
      ])
      const supports = new Map(voices.map((voice) => [voice.id, voice.supports]))
      return rows
        .map((row) => ({ ...row, supports: supports.get(row.id) ?? 0 }))
        .filter((row) => row.supports > 0)
        .sort((one, other) => other.supports - one.supports)
    },

    close: rounds.close,
  }
}

type Figures = Pick<Theme, 'size' | 'supports'> & { agrees: number; disagrees: number }

/** Of the suggestions that are neither hidden nor merged, and that somebody who counts stands behind. */
function figuresOf(voices: readonly VoiceRow[]): { byTheme: Map<string, Figures>; loose: number } {
  const byTheme = new Map<string, Figures>()
  let loose = 0
  for (const { themeId, status, supports, agrees, disagrees } of voices) {
    if (supports === 0 || status === 'hidden' || status === 'merged') continue
    if (themeId === null) {
      loose += 1
      continue
    }
    const sum = byTheme.get(themeId) ?? { size: 0, supports: 0, agrees: 0, disagrees: 0 }
    byTheme.set(themeId, {
      size: sum.size + 1,
      supports: sum.supports + supports,
      agrees: sum.agrees + agrees,
      disagrees: sum.disagrees + disagrees,
    })
  }
  return { byTheme, loose }
}

const round = (heat: number) => Math.round(heat * 100) / 100

const hottestFirst = (one: Theme, other: Theme) =>
  other.heat - one.heat || other.supports - one.supports || other.size - one.size || (one.id < other.id ? -1 : 1)
