import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Notice } from '../ui/Notice.tsx'
import { CitableProvider } from './CitableContext.tsx'
import { LinkNotice } from './LinkNotice.tsx'
import { MinutesEditor } from './MinutesEditor.tsx'
import { People } from './People.tsx'
import { RefusedNotice } from './RefusedNotice.tsx'
import { SavedState } from './SavedState.tsx'
import type { MinutesSession } from './session.ts'
import { useMinutes, useMinutesState } from './useMinutes.ts'

/** The minutes of a meeting with all their states; the page and the panel differ only in what stands above. */
export function Minutes({ meetingId, heading }: { meetingId: string; heading: ReactNode }) {
  const session = useMinutes(meetingId)
  return session ? <OpenMinutes session={session} meetingId={meetingId} heading={heading} /> : <PaperSkeleton />
}

function OpenMinutes({ session, meetingId, heading }: { session: MinutesSession; meetingId: string; heading: ReactNode }) {
  const { t } = useTranslation()
  const state = useMinutesState(session)
  const { data: meeting } = useQueryOf('meeting', { meetingId })

  if (state.link === 'refused') return <RefusedNotice refusal={state.refusal} heading={heading} />
  const ready = state.loaded && state.mayEdit !== null && meeting
  return (
    <>
      <header className="minutes-head">
        <div className="minutes-heading">{heading}</div>
        <People people={state.people} />
        <SavedState state={state} />
      </header>
      <LinkNotice state={state} />
      {ready ? (
        <CitableProvider meetingId={meetingId}>
          <MinutesEditor key={String(state.mayEdit)} session={session} meeting={meeting} mayEdit={state.mayEdit === true} />
        </CitableProvider>
      ) : state.link === 'offline' ? (
        <Notice title={t('minutes.unreachable.title')} text={t('minutes.unreachable.text')} />
      ) : (
        <PaperSkeleton />
      )}
    </>
  )
}

function PaperSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="minutes-desk" aria-busy="true" role="status" aria-label={t('minutes.state.connecting')}>
      <div className="minutes-paper">
        <Skeleton active title={{ width: '35%' }} paragraph={{ rows: 3 }} />
        <Skeleton active title={{ width: '50%' }} paragraph={{ rows: 5 }} />
      </div>
    </div>
  )
}
