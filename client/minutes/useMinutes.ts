import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { presenceColour } from '../../shared/minutes.ts'
import { isCurrentProgram } from '../offline/program.ts'
import type { Shelf } from '../offline/shelf.ts'
import { useHolder } from '../offline/useHolder.ts'
import { useShelf } from '../offline/useShelf.ts'
import { linesOf, missingFrom } from './lostWords.ts'
import { type MinutesSession, type MinutesState, openMinutes } from './session.ts'

const askAgainMs = 2_500
/** A page that goes astray again and again does so by itself: it is left as it is, and says so. */
const mostRounds = 3

export type OpenedMinutes = { session: MinutesSession; shelf: Shelf; accountId: string }

type Minutes = {
  /** `unreachable` when neither the server nor the device has them. */
  opened: OpenedMinutes | 'unreachable' | null
  lost: readonly string[] | null
  forget: () => void
}

/**
 * Opens the minutes of a meeting for as long as the component is on the page. A page whose change reached beyond the sections of
 * its recorder is set back to what is stored; `lost` has the lines that it gave up.
 */
export function useMinutes(meetingId: string): Minutes {
  const shelf = useShelf()
  // Opened before it is known who this is, it would be opened again a moment later.
  const known = useHolder(shelf)
  const isKnown = known !== undefined
  const accountId = known?.holder?.accountId ?? ''
  const name = known?.holder?.name ?? ''
  const confirmed = known?.confirmed === true
  const startsConfirmed = useRef(confirmed)
  startsConfirmed.current = confirmed
  const [opened, setOpened] = useState<OpenedMinutes | null>(null)
  const [round, setRound] = useState(0)
  const given = useRef<string[] | null>(null)
  const [lost, setLost] = useState<readonly string[] | null>(null)
  const forget = useCallback(() => setLost(null), [])

  useEffect(() => {
    if (!isKnown || !shelf || (accountId === '' && !startsConfirmed.current)) return
    const session = openMinutes({
      serverUrl: `${location.origin.replace(/^http/, 'ws')}/minutes`,
      meetingId,
      shelf,
      ...(accountId !== '' && { holder: { accountId, name } }),
      atOnce: startsConfirmed.current,
    })
    session.provider.awareness.setLocalStateField('user', { id: accountId, name, color: presenceColour(accountId) })
    setOpened({ session, shelf, accountId })
    const stopWatching = session.subscribe(() => {
      const { loaded, strayed } = session.state()
      if (strayed && round < mostRounds) {
        stopWatching()
        given.current = linesOf(session.doc)
        void session.abandon().finally(() => setRound(round + 1))
      } else if (loaded && given.current) {
        setLost(missingFrom(given.current, linesOf(session.doc)))
        given.current = null
      }
    })
    return () => {
      setOpened(null)
      void session.close()
    }
  }, [meetingId, isKnown, shelf, accountId, name, round])

  const session = opened?.session
  useEffect(() => session && followNetwork(session, confirmed), [session, confirmed])
  useEffect(() => session?.subscribe(() => guardLeaving(isSafe(session.state()))), [session])
  useEffect(() => () => guardLeaving(true), [])
  useEffect(() => session && setAsideOnce(session, () => setRound((count) => count + 1)), [session])
  const unreachable = known && !known.confirmed && !known.holder
  return { opened: opened ?? (unreachable ? 'unreachable' : null), lost, forget }
}

export const useMinutesState = (session: MinutesSession): MinutesState => useSyncExternalStore(session.subscribe, session.state)

/** Whether the page may be closed without losing anything. */
const isSafe = ({ saved, kept }: MinutesState) => saved || kept

/** Words that the server will not take are put beside, and the minutes opened as they are. */
function setAsideOnce(session: MinutesSession, then: () => void) {
  let begun = false
  const look = () => {
    if (begun || !session.state().stranded) return
    begun = true
    // Where the device has no room they stay on the page, which says that they were not accepted.
    void session.setAside().then(then, () => undefined)
  }
  look()
  return session.subscribe(look)
}

/**
 * A dead line is noticed only after half a minute of silence; the browser often knows at once. Who comes back looks first whether
 * the server still has the same program: an older one would take what it does not know for broken.
 */
function followNetwork(session: MinutesSession, confirmed: boolean) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false
  const lose = () => {
    clearTimeout(timer)
    session.disconnect()
  }
  async function find() {
    clearTimeout(timer)
    if (!confirmed || over) return
    const current = await isCurrentProgram()
    if (over) return
    if (current === null) timer = setTimeout(() => void find(), askAgainMs)
    else session.connect(current)
  }
  const found = () => void find()
  if (confirmed && !session.isAllowed()) found()
  addEventListener('offline', lose)
  addEventListener('online', found)
  return () => {
    over = true
    clearTimeout(timer)
    removeEventListener('offline', lose)
    removeEventListener('online', found)
  }
}

/** While something is neither stored nor on the device the browser asks before it closes the page. */
function guardLeaving(safe: boolean) {
  if (safe) removeEventListener('beforeunload', ask)
  else addEventListener('beforeunload', ask)
}

const ask = (event: BeforeUnloadEvent) => event.preventDefault()
