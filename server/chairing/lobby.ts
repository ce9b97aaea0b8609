import type { Desk as DeskState, LobbyEntry } from '../../shared/chairing.ts'
import { AppError } from '../../shared/errors.ts'
import { type Actor, signedIn } from '../../shared/policy.ts'
import type { Tx } from '../db/db.ts'
import { appearance } from '../media/admission.ts'
import { requireLive } from '../meetings/service.ts'
import type { ChairingDeps, Desk } from './desk.ts'
import type { Door } from './door.ts'
import * as store from './store.ts'

type Deps = ChairingDeps & { desk: Desk; door: Door }
type Wish = { meetingId: string; siteId: string | null; name?: string | undefined }

export type Lobby = ReturnType<typeof createLobby>

/** Where people wait until the chair's side lets them in. */
export function createLobby({ db, audit, meetings, publisher, now, desk, door }: Deps) {
  async function answer(tx: Tx, meetingId: string, accountId: string) {
    const entry = await store.findEntry(tx, meetingId, accountId)
    if (entry) publisher.publishTo(tx, accountId, 'lobby:answered', entry)
  }

  const decide =
    (status: 'admitted' | 'refused') =>
    (actor: Actor, { meetingId, accountId }: { meetingId: string; accountId: string }): Promise<DeskState> =>
      desk.chairing(actor, meetingId, async (tx) => {
        const entry = await store.findEntry(tx, meetingId, accountId)
        if (!entry) throw new AppError('not-found', 'nobody-waits')
        if (!(await store.setEntryStatus(tx, meetingId, accountId, status))) return store.readDesk(tx, meetingId)
        await audit.record(tx, actor, status === 'admitted' ? 'lobby:admit' : 'lobby:refuse', accountId, { meetingId })
        await answer(tx, meetingId, accountId)
        return desk.tellDesk(tx, meetingId)
      })

  return {
    admit: decide('admitted'),
    refuse: decide('refused'),

    /** Whoever the door lets through is told so and need not wait. @throws AppError `not-allowed` for those whom no lobby helps. */
    async ask(actor: Actor, wish: Wish): Promise<LobbyEntry> {
      const { meetingId } = wish
      const meeting = await meetings.require(db.reader, actor, 'room:enter', meetingId)
      requireLive(meeting)
      const as = appearance(actor, meeting, signedIn(actor), wish)
      const { accountId, name, role, siteId } = as
      const asked = { meetingId, accountId, name, role, siteId, askedAt: now().toISOString() }
      const siteName = meeting.sites.find((site) => site.id === siteId)?.name ?? null
      const { siteId: _, ...shown } = asked
      try {
        await door.check(actor, meeting)
        return { ...shown, siteName, status: 'admitted' }
      } catch (error) {
        if (!(error instanceof AppError) || error.reason !== 'in-the-lobby') throw error
      }
      return db.transaction(async (tx) => {
        await store.lockChairing(tx, meetingId)
        const before = await store.findEntry(tx, meetingId, accountId)
        if (before && before.status !== 'left') return before
        await store.putEntry(tx, { ...asked, status: 'waiting' })
        await audit.record(tx, actor, 'lobby:ask', accountId, { meetingId })
        await desk.tellDesk(tx, meetingId)
        return { ...shown, siteName, status: 'waiting' }
      })
    },

    /** The lobby is closed down: nobody is left standing in it. */
    async letAllIn(tx: Tx, meetingId: string) {
      const waiting = await store.listWaiting(tx, meetingId)
      for (const { accountId } of waiting) {
        await store.setEntryStatus(tx, meetingId, accountId, 'admitted')
        await answer(tx, meetingId, accountId)
      }
      if (waiting.length > 0) await desk.tellDesk(tx, meetingId)
    },
  }
}
