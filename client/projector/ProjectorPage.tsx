import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useParams, useSearchParams } from 'react-router'
import type { Meeting } from '../../shared/meetings.ts'
import { useMe } from '../identity/MeContext.tsx'
import { RoomProvider, useRoom } from '../media/RoomContext.tsx'
import { useMeeting } from '../meetings/useMeeting.ts'
import { RoomTheme } from '../room/RoomTheme.tsx'
import { useFailureText } from '../ui/useFailureText.ts'
import { Notice } from './Notice.tsx'
import { Projection } from './Projection.tsx'
import '../room/room.css'
import './projector.css'

/** Nobody stands beside it who could try again. */
const tryAgainMs = 5_000

/**
 * The screen of a hall, which nobody touches. The hall's laptop gives the sound; `?sound=1` lets the screen give it instead.
 * With `?site=` it goes with that site's group.
 */
export function ProjectorPage() {
  const { t } = useTranslation()
  const { meetingId = '' } = useParams()
  const { me, actor } = useMe()
  const { pathname, search } = useLocation()
  const [params] = useSearchParams()
  const { data: meeting } = useMeeting(meetingId)
  if (me && actor.accountId === null) return <Navigate to="/sign-in" replace state={{ from: pathname + search }} />
  return (
    <RoomTheme>
      <title>{`${meeting?.title ?? ''} · ${t('stage.screen.title')} · ${t('shell.title')}`}</title>
      {meeting && me ? (
        <RoomProvider meetingId={meetingId} projector={{ sound: params.get('sound') === '1', siteId: siteOf(meeting, params.get('site')) }}>
          <Screen meeting={meeting} />
        </RoomProvider>
      ) : (
        <Notice words={t('stage.screen.joining')} />
      )}
    </RoomTheme>
  )
}

/** A site that the meeting no longer has is as good as none. */
const siteOf = ({ sites }: Meeting, wanted: string | null) => sites.find(({ id }) => id === wanted)?.id ?? null

function Screen({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { session, view } = useRoom()
  const { name } = view.phase
  const live = meeting.status === 'live'
  const failureText = useFailureText()
  useEffect(() => {
    if (!live || (name !== 'outside' && name !== 'refused' && name !== 'closed')) return
    const timer = setTimeout(() => void session.join({ siteId: null }), name === 'outside' ? 0 : tryAgainMs)
    return () => clearTimeout(timer)
  }, [live, name, session])

  if (meeting.status === 'scheduled') return <Notice meeting={meeting} words={t('stage.screen.waiting')} />
  if (meeting.status === 'ended') return <Notice meeting={meeting} words={t('stage.screen.ended')} />
  if (view.facts && (name === 'inside' || name === 'returning')) return <Projection />
  if (view.phase.name === 'refused') {
    return <Notice meeting={meeting} words={t('stage.screen.trouble')} details={failureText(view.phase.failure)} />
  }
  return <Notice meeting={meeting} words={t('stage.screen.joining')} />
}
