import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { AmendmentsAside } from '../amendments/AmendmentsAside.tsx'
import { useAmendments } from '../amendments/useAmendments.ts'
import { KeptWords } from '../offline/KeptWords.tsx'
import { StageBar } from '../signing/StageBar.tsx'
import { useMinutesStage } from '../signing/useMinutesStage.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Notice } from '../ui/Notice.tsx'
import { VersionsButton } from '../versions/VersionsButton.tsx'
import { CitableProvider } from './CitableContext.tsx'
import { LinkNotice } from './LinkNotice.tsx'
import { LostWords } from './LostWords.tsx'
import { PaperSkeleton } from './PaperSkeleton.tsx'
import { People } from './People.tsx'
import { RefusedNotice } from './RefusedNotice.tsx'
import { SavedState } from './SavedState.tsx'
import { SectionedEditor } from './SectionedEditor.tsx'
import { SectionsButton } from './SectionsButton.tsx'
import type { MinutesSession } from './session.ts'
import { type OpenedMinutes, useMinutes, useMinutesState } from './useMinutes.ts'
import { useRecordersEarly } from './useRecorders.ts'

type Props = {
  meetingId: string
  heading: ReactNode
  /** At full width: with their stage, and what is proposed beside the text. */
  whole?: boolean
}

/** The minutes of a meeting with all their states. */
export function Minutes(props: Props) {
  const { t } = useTranslation()
  const { opened, lost, forget } = useMinutes(props.meetingId)
  if (opened === 'unreachable') return <Notice title={t('minutes.unreachable.title')} text={t('minutes.unreachable.text')} />
  return (
    <>
      {lost && <LostWords words={lost} onClose={forget} />}
      {opened ? <OpenMinutes {...opened} {...props} /> : <PaperSkeleton />}
    </>
  )
}

function OpenMinutes({ session, shelf, accountId, meetingId, heading, whole = false }: Props & OpenedMinutes) {
  const { t } = useTranslation()
  const state = useMinutesState(session)
  const { data: known } = useQueryOf('meeting', { meetingId })
  const meeting = known ?? state.described?.meeting
  useRecordersEarly(meeting)

  if (state.link === 'refused') return <RefusedNotice refusal={state.refusal} heading={heading} opened={{ session, shelf, accountId }} />
  const ready = meeting && (state.copied || (state.loaded && state.mayEdit !== null))
  return (
    <>
      <header className="minutes-head">
        <div className="minutes-heading">{heading}</div>
        <People people={state.people} />
        <SavedState state={state} />
      </header>
      <LinkNotice state={state} />
      {ready && state.loaded && state.link === 'online' && (
        <KeptWords opened={{ session, shelf, accountId }} meeting={meeting} mayEdit={state.mayEdit === true} />
      )}
      {ready ? (
        <CitableProvider meetingId={meetingId}>
          {whole ? (
            <StagedMinutes session={session} meeting={meeting} mayEdit={state.mayEdit === true} />
          ) : (
            <SectionedEditor session={session} meeting={meeting} mayEdit={state.mayEdit === true} />
          )}
        </CitableProvider>
      ) : state.link === 'offline' ? (
        <Notice title={t('minutes.unreachable.title')} text={t('minutes.unreachable.text')} />
      ) : (
        <PaperSkeleton />
      )}
    </>
  )
}

type StagedProps = { session: MinutesSession; meeting: Meeting; mayEdit: boolean }

/** The document with its stage above it and, once its text stands, what is proposed beside it. */
function StagedMinutes({ session, meeting, mayEdit }: StagedProps) {
  const { state, learn } = useMinutesStage(meeting.id)
  const amendments = useAmendments(meeting.id)
  const known = amendments.open.length + amendments.decided.length > 0
  const beside = state && (state.stage === 'amending' || known) ? state.stage : null
  return (
    <>
      {state && <StageBar meeting={meeting} state={state} openAmendments={amendments.open.length} learn={learn} />}
      <SectionedEditor
        session={session}
        meeting={meeting}
        mayEdit={mayEdit}
        tools={
          <>
            <SectionsButton meeting={meeting} />
            {state && <VersionsButton meeting={meeting} stage={state.stage} />}
          </>
        }
        beside={beside && ((editor) => <AmendmentsAside editor={editor} meeting={meeting} stage={beside} amendments={amendments} />)}
      />
    </>
  )
}
