import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { presenceColour } from '../../shared/minutes.ts'
import { useMe } from '../identity/MeContext.tsx'
import { linesOf, missingFrom } from './lostWords.ts'
import { type MinutesSession, type MinutesState, openMinutes } from './session.ts'

/** A page that goes astray again and again does so by itself: it is left as it is, and says so. */
const mostRounds = 3

/**
 * Opens the minutes of a meeting for as long as the component is on the page. A page whose change reached beyond the sections of
 * its recorder is set back to what is stored; `lost` has the lines that it gave up.
 */
export function useMinutes(meetingId: string): { session: MinutesSession | null; lost: readonly string[] | null; forget: () => void } {
  const { me } = useMe()
  // Opened before it is known who this is, it would be opened again a moment later.
  const isKnown = me !== undefined
  const accountId = me?.account?.id ?? ''
  const name = me?.account?.name ?? ''
  const [session, setSession] = useState<MinutesSession | null>(null)
  const [round, setRound] = useState(0)
  const given = useRef<string[] | null>(null)
  const [lost, setLost] = useState<readonly string[] | null>(null)

  useEffect(() => {
    if (!isKnown) return
    const opened = openMinutes({ serverUrl: `${location.origin.replace(/^http/, 'ws')}/minutes`, meetingId })
    opened.provider.awareness.setLocalStateField('user', { id: accountId, name, color: presenceColour(accountId) })
    setSession(opened)
    const stopFollowing = followNetwork(opened)
    const stopWatching = opened.subscribe(() => {
      const { loaded, strayed } = opened.state()
      if (strayed && round < mostRounds) {
        stopWatching()
        given.current = linesOf(opened.doc)
        setRound(round + 1)
      } else if (loaded && given.current) {
        setLost(missingFrom(given.current, linesOf(opened.doc)))
        given.current = null
      }
    })
    return () => {
      stopFollowing()
      setSession(null)
      opened.close()
    }
  }, [meetingId, isKnown, accountId, name, round])
  useEffect(() => session?.subscribe(() => guardLeaving(session.state().saved)), [session])
  useEffect(() => () => guardLeaving(true), [])
  return { session, lost, forget: useCallback(() => setLost(null), []) }
}

export const useMinutesState = (session: MinutesSession): MinutesState => useSyncExternalStore(session.subscribe, session.state)

/** A dead line is noticed only after half a minute of silence; the browser often knows at once. */
function followNetwork({ provider }: MinutesSession) {
  const lose = () => provider.disconnect()
  const find = () => provider.connect()
  addEventListener('offline', lose)
  addEventListener('online', find)
  return () => {
    removeEventListener('offline', lose)
    removeEventListener('online', find)
  }
}

/** While something is not stored the browser asks before it closes the page. */
function guardLeaving(saved: boolean) {
  if (saved) removeEventListener('beforeunload', ask)
  else addEventListener('beforeunload', ask)
}

const ask = (event: BeforeUnloadEvent) => event.preventDefault()
