import type { LexiconCategory } from '../../shared/topics.ts'
import type { Db, Tx } from '../db/db.ts'
import type { TextEngine } from './engine.ts'
import type { Requests } from './engine-requests.ts'
import * as store from './theme-store.ts'

type Deps = { db: Db; engine: Pick<TextEngine, 'ask'>; now: () => Date; lexiconOf: (meetingId: string) => Promise<LexiconCategory[]> }
type Answer = Requests['group']['output']

/** A correction may come while the thread computes; the next attempt begins with it. */
const attempts = 5

export type Grouped = { version: number; changed: boolean; same: string[][] }

/** Groups a meeting's suggestions anew and stores what has changed, `onChange` within the same transaction. */
export function createGrouping({ db, engine, now, lexiconOf }: Deps) {
  async function read(meetingId: string) {
    const version = await store.readVersion(db.reader, meetingId)
    const [documents, themes, places, lexicon] = [
      await store.listOpenTexts(db.reader, meetingId),
      await store.listThemes(db.reader, meetingId),
      await store.listPlaces(db.reader, meetingId),
      await lexiconOf(meetingId),
    ]
    return { version, documents, themes, places, lexicon }
  }

  async function put(tx: Tx, meetingId: string, { themes, places, documents }: Awaited<ReturnType<typeof read>>, answer: Answer) {
    const placeOf = new Map(places.map((place) => [place.suggestionId, place]))
    const themeOf = new Map(answer.themes.flatMap(({ id, suggestionIds }) => suggestionIds.map((suggestionId) => [suggestionId, id])))
    const asked = new Set(documents.map(({ id }) => id))
    const at = now().toISOString()
    let changed = false

    for (const { id, words } of answer.themes) {
      const known = themes.find((theme) => theme.id === id)
      if (!known) await store.insertTheme(tx, { id, meetingId, words, createdAt: at })
      else if (known.words.join() !== words.join()) await store.updateTheme(tx, id, { words })
      changed ||= known?.words.join() !== words.join()
    }
    const moved = [
      ...answer.categories.map(([suggestionId, category]) => ({ suggestionId, category, themeId: themeOf.get(suggestionId) ?? null })),
      // What is hidden or merged is in no theme, until it comes back.
      ...places
        .filter(({ themeId, open }) => themeId !== null && !open)
        .map(({ suggestionId, category }) => ({ suggestionId, category, themeId: null })),
    ].filter(({ suggestionId, category, themeId }) => {
      const known = placeOf.get(suggestionId)
      return !known || known.category !== category || (!known.fixed && known.themeId !== themeId)
    })
    await store.putPlaces(
      tx,
      moved.map((place) => ({ ...place, meetingId })),
    )
    const unasked = places.flatMap(({ suggestionId, themeId, open }) => (open && themeId && !asked.has(suggestionId) ? [themeId] : []))
    const alive = new Set([...answer.themes.map(({ id }) => id), ...unasked])
    const gone = themes.filter(({ id, kept }) => !kept && !alive.has(id)).map(({ id }) => id)
    await store.deleteThemes(tx, gone)
    return changed || moved.length > 0 || gone.length > 0
  }

  return async function group(meetingId: string, onChange: (tx: Tx, version: number) => void): Promise<Grouped> {
    for (let attempt = 1; ; attempt++) {
      const seen = await read(meetingId)
      const asked = new Set(seen.documents.map(({ id }) => id))
      const answer = await engine.ask('group', {
        documents: seen.documents,
        pins: seen.places.filter(({ fixed }) => fixed).map(({ suggestionId, themeId }) => [suggestionId, themeId]),
        before: seen.places.flatMap(({ suggestionId, themeId, fixed }) =>
          !fixed && themeId !== null && asked.has(suggestionId) ? [[suggestionId, themeId] as [string, string]] : [],
        ),
        labels: seen.themes.map(({ id, words }) => [id, words]),
        lexicon: seen.lexicon,
      })
      const grouped = await db.transaction(async (tx) => {
        const version = await store.lockThemes(tx, meetingId)
        if (version !== seen.version) return null
        const changed = await put(tx, meetingId, seen, answer)
        if (!changed) return { version, changed, same: answer.same }
        const next = await store.bumpVersion(tx, meetingId)
        onChange(tx, next)
        return { version: next, changed, same: answer.same }
      })
      if (grouped) return grouped
      if (attempt === attempts) throw new Error(`the themes of ${meetingId} change faster than they are computed`)
    }
  }
}
