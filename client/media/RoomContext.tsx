import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { useConnection } from '../transport/ConnectionContext.tsx'
import { createRoomSession, type RoomSession } from './session.ts'
import type { RoomFacts, RoomView } from './view.ts'

const RoomContext = createContext<RoomSession | null>(null)

/** A hall's screen: it only watches, and is heard only where nothing else in the hall is. In groups it goes with its site. */
export type Projector = { sound: boolean; siteId: string | null }

/** One stay in a meeting's room for as long as the page is open; leaving the page leaves the room. */
export function RoomProvider({ meetingId, projector, children }: { meetingId: string; projector?: Projector; children: ReactNode }) {
  const connection = useConnection()
  const { sound, siteId = null } = projector ?? {}
  const [session, setSession] = useState<RoomSession | null>(null)
  useEffect(() => {
    const made = createRoomSession({ connection, meetingId, ...(sound === undefined ? {} : { projector: { sound, siteId } }) })
    const leave = () => made.leave()
    setSession(made)
    // A page that is closed says so, instead of standing in the room until its connection is missed.
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      made.dispose()
    }
  }, [connection, meetingId, sound, siteId])
  return session && <RoomContext value={session}>{children}</RoomContext>
}

export function useRoomSession(): RoomSession {
  const session = useContext(RoomContext)
  if (!session) throw new Error('useRoomSession needs a RoomProvider above it')
  return session
}

export function useRoom(): { session: RoomSession; view: RoomView } {
  const session = useRoomSession()
  return { session, view: useSyncExternalStore(session.subscribe, session.view) }
}

/** What is known of the room, for parts that are only drawn inside it. */
export function useFacts(): RoomFacts {
  const { facts } = useRoom().view
  if (!facts) throw new Error('useFacts is for parts that are drawn inside the room')
  return facts
}
