import { AppError, found } from '../../shared/errors.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import type { AuditService } from '../audit/service.ts'
import type { Db, Tx } from '../db/db.ts'
import type { MeetingService } from '../meetings/service.ts'
import type { SuggestionService } from '../suggestions/service.ts'
import * as store from './theme-store.ts'

type Deps = {
  db: Db
  audit: AuditService
  meetings: Pick<MeetingService, 'require'>
  suggestions: Pick<SuggestionService, 'ofMeeting'>
  now: () => Date
  /** Told within the transaction, with the new version. */
  onChange: (tx: Tx, meetingId: string, version: number) => void
}

type Changed = { version: number }

/**
 * What moderators put right. A theme that they touch is kept for ever, with all that is in it at that moment: the algorithm
 * adds what comes later, and takes nothing away.
 */
export function createCorrections({ db, audit, meetings, suggestions, now, onChange }: Deps) {
  async function finish(tx: Tx, actor: Actor, action: string, subjectId: string, meetingId: string, details: object): Promise<Changed> {
    const version = await store.bumpVersion(tx, meetingId)
    await audit.record(tx, actor, action, subjectId, { meetingId, ...details })
    onChange(tx, meetingId, version)
    return { version }
  }

  /** A theme that still is one, locked with all of its meeting's. A stranger learns nothing of which ids exist. */
  async function lockTheme(tx: Tx, actor: Actor, themeId: string): Promise<store.ThemeRow> {
    signedIn(actor)
    const { meetingId } = found(await store.findTheme(tx, themeId), 'no-such-theme')
    await meetings.require(tx, actor, 'suggestion:moderate', meetingId)
    await store.lockThemes(tx, meetingId)
    // While the lock was waited for it may have been dissolved.
    return found(await store.findTheme(tx, themeId), 'no-such-theme')
  }

  function requireLiving(theme: store.ThemeRow) {
    if (theme.mergedIntoId) throw new AppError('conflict', 'theme-merged')
  }

  async function keep(tx: Tx, themeId: string, changes: { name?: string } = {}) {
    await store.fixTheme(tx, themeId)
    await store.updateTheme(tx, themeId, { kept: true, ...changes })
  }

  return {
    confirm: (actor: Actor, { themeId }: { themeId: string }) =>
      db.transaction(async (tx) => {
        const theme = await lockTheme(tx, actor, themeId)
        requireLiving(theme)
        await keep(tx, themeId)
        return finish(tx, actor, 'theme:confirm', themeId, theme.meetingId, {})
      }),

    rename: (actor: Actor, { themeId, name }: { themeId: string; name: string }) =>
      db.transaction(async (tx) => {
        const theme = await lockTheme(tx, actor, themeId)
        requireLiving(theme)
        await keep(tx, themeId, { name })
        return finish(tx, actor, 'theme:rename', themeId, theme.meetingId, { name })
      }),

    /** @throws AppError `not-found` unless both are of one meeting. */
    move: (actor: Actor, { suggestionId, themeId }: { suggestionId: string; themeId: string | null }) =>
      db.transaction(async (tx) => {
        signedIn(actor)
        const meetingId = found(await store.findMeetingOf(tx, suggestionId), 'no-such-suggestion')
        await meetings.require(tx, actor, 'suggestion:moderate', meetingId)
        await store.lockThemes(tx, meetingId)
        if (themeId !== null) {
          const theme = found(await store.findTheme(tx, themeId), 'no-such-theme')
          if (theme.meetingId !== meetingId) throw new AppError('not-found', 'no-such-theme')
          requireLiving(theme)
          await keep(tx, themeId)
        }
        await store.fixPlace(tx, { suggestionId, meetingId, themeId })
        return finish(tx, actor, 'theme:move', suggestionId, meetingId, { themeId })
      }),

    /** @throws AppError `invalid-input` unless the suggestions are some, but not all, of the theme's. */
    split: (
      actor: Actor,
      { id, themeId, suggestionIds, name }: { id: string; themeId: string; suggestionIds: string[]; name?: string | undefined },
    ) =>
      db.transaction(async (tx) => {
        const theme = await lockTheme(tx, actor, themeId)
        const { meetingId } = theme
        const known = await store.findTheme(tx, id)
        if (known?.meetingId === meetingId) return { version: await store.readVersion(tx, meetingId) }
        if (known) throw new AppError('conflict', 'id-taken')
        requireLiving(theme)
        await suggestions.ofMeeting(tx, meetingId, suggestionIds)
        const inside = new Set((await store.listOfTheme(tx, meetingId, themeId)).map((one) => one.id))
        const chosen = new Set(suggestionIds)
        if (![...chosen].every((one) => inside.has(one)) || chosen.size === inside.size)
          throw new AppError('invalid-input', 'not-of-the-theme')
        await keep(tx, themeId)
        const row = { id, meetingId, words: theme.words, name: name ?? null, kept: true, createdAt: now().toISOString() }
        if (!(await store.insertTheme(tx, row))) throw new AppError('conflict', 'id-taken')
        for (const suggestionId of chosen) await store.fixPlace(tx, { suggestionId, meetingId, themeId: id })
        return finish(tx, actor, 'theme:split', themeId, meetingId, { id, suggestionIds: [...chosen] })
      }),

    /** @throws AppError `conflict` when one of the two is part of another already. */
    merge: (actor: Actor, { themeId, intoId }: { themeId: string; intoId: string }) =>
      db.transaction(async (tx) => {
        const theme = await lockTheme(tx, actor, themeId)
        const into = found(await store.findTheme(tx, intoId), 'no-such-theme')
        if (into.meetingId !== theme.meetingId) throw new AppError('not-found', 'no-such-theme')
        if (theme.mergedIntoId === intoId) return { version: await store.readVersion(tx, theme.meetingId) }
        requireLiving(theme)
        requireLiving(into)
        if (themeId === intoId) throw new AppError('conflict', 'theme-merged')
        await keep(tx, intoId)
        await store.fixTheme(tx, themeId, intoId)
        await store.updateTheme(tx, themeId, { kept: true, mergedIntoId: intoId })
        return finish(tx, actor, 'theme:merge', themeId, theme.meetingId, { intoId })
      }),
  }
}
