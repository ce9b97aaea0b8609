import { useEffect, useState, useSyncExternalStore } from 'react'
import { presenceColour } from '../../shared/minutes.ts'
import { useMe } from '../identity/MeContext.tsx'
import { type MinutesSession, type MinutesState, openMinutes } from './session.ts'

/** Opens the minutes of a meeting for as long as the component is on the page. */
export function useMinutes(meetingId: string): MinutesSession | null {
  const { me } = useMe()
  // Opened before it is known who this is, it would be opened again a moment later.
  const isKnown = me !== undefined
  const accountId = me?.account?.id ?? ''
  const name = me?.account?.name ?? ''
  const [session, setSession] = useState<MinutesSession | null>(null)

  useEffect(() => {
    if (!isKnown) return
    const opened = openMinutes({ serverUrl: `${location.origin.replace(/^http/, 'ws')}/minutes`, meetingId })
    opened.provider.awareness.setLocalStateField('user', { id: accountId, name, color: presenceColour(accountId) })
    setSession(opened)
    const stopFollowing = followNetwork(opened)
    return () => {
      stopFollowing()
      setSession(null)
      opened.close()
    }
  }, [meetingId, isKnown, accountId, name])
  useEffect(() => session?.subscribe(() => guardLeaving(session.state().saved)), [session])
  useEffect(() => () => guardLeaving(true), [])
  return session
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
