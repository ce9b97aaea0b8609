import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useParams } from 'react-router'
import type { Meeting } from '../../shared/meetings.ts'
import { LobbyWait } from '../chairing/LobbyWait.tsx'
import { useMe } from '../identity/MeContext.tsx'
import { RoomProvider, useRoom } from '../media/RoomContext.tsx'
import { useMeeting } from '../meetings/useMeeting.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { Door } from './Door.tsx'
import { Farewell } from './Farewell.tsx'
import { PreJoin } from './PreJoin.tsx'
import { RoomScreen } from './RoomScreen.tsx'
import { RoomTheme } from './RoomTheme.tsx'
import { Waiting } from './Waiting.tsx'
import './room.css'

/** The room of a live meeting: its door, the stage, and the way out. */
export function RoomPage() {
  const { meetingId = '' } = useParams()
  const { me, actor } = useMe()
  const { pathname, search } = useLocation()
  const meeting = useMeeting(meetingId)
  if (me && actor.accountId === null) return <Navigate to="/sign-in" replace state={{ from: pathname + search }} />
  return (
    <RoomTheme>
      <Loaded of={meeting} skeleton={<Door busy />}>
        {(thing) =>
          me ? (
            <RoomProvider meetingId={meetingId}>
              <InRoom meeting={thing} />
            </RoomProvider>
          ) : (
            <Door busy />
          )
        }
      </Loaded>
    </RoomTheme>
  )
}

function InRoom({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { session, view } = useRoom()
  const comeIn = useCallback(() => void session.join(session.choice()), [session])
  return (
    <>
      <title>{`${meeting.title} · ${t('room.title')} · ${t('shell.title')}`}</title>
      {screenOf()}
    </>
  )

  function screenOf() {
    switch (view.phase.name) {
      case 'inside':
      case 'returning':
        return <RoomScreen />
      case 'closed':
        return <Farewell meeting={meeting} reason={view.phase.reason} />
      case 'refused':
      case 'outside':
      case 'joining':
        if (meeting.status === 'scheduled') return <Waiting meeting={meeting} />
        if (meeting.status === 'ended') return <Farewell meeting={meeting} reason="meeting-ended" />
        if (view.phase.name === 'refused' && view.phase.failure.reason === 'in-the-lobby') {
          return (
            <Door>
              <LobbyWait meeting={meeting} choice={session.choice()} onAdmitted={comeIn} />
            </Door>
          )
        }
        return <PreJoin meeting={meeting} />
    }
  }
}
