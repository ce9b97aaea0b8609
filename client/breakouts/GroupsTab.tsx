import { useTranslation } from 'react-i18next'
import { groupOf } from '../../shared/breakouts.ts'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useChairingHere } from '../chairing/ChairingContext.tsx'
import { useAgainOnConnect } from '../chairing/useNewest.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useFacts } from '../media/RoomContext.tsx'
import { useNews } from '../transport/ConnectionContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { When } from '../ui/When.tsx'
import { GroupNote, unwritten } from './GroupNote.tsx'
import { GroupPlanner } from './GroupPlanner.tsx'
import { OpenGroups } from './OpenGroups.tsx'
import { useNotes } from './useNotes.ts'
import { useRound } from './useRound.ts'

/** The groups that meet, or that are being thought out, and what earlier ones came to. */
export function GroupsTab() {
  const { t } = useTranslation()
  const { meeting } = useFacts()
  const { mayChair } = useChairingHere()
  const round = useRound()
  const { notes, learn } = useNotes(meeting.id)
  const past = usePastRounds(meeting.id)
  return (
    <div className="tab-body stack groups-tab">
      {round ? (
        <OpenGroups round={round} mayChair={mayChair} notes={notes} learn={learn} />
      ) : (
        mayChair && <GroupPlanner key={past.length} />
      )}
      <PastGroups past={past} notes={notes} learn={learn} />
      {!round && !mayChair && past.length === 0 && <p className="soft">{t('breakouts.none')}</p>}
    </div>
  )
}

/** Closed rounds, newest first; read again when one more is over. */
function usePastRounds(meetingId: string) {
  const { data = [], refetch } = useQueryOf('breakouts', { meetingId })
  useNews('breakout:changed', (breakout) => {
    if (breakout.meetingId === meetingId && (breakout.closedAt || breakout.groups.length > 0)) void refetch()
  })
  useAgainOnConnect(refetch)
  return data.filter(({ closedAt }) => closedAt !== null)
}

type PastProps = { past: ReturnType<typeof usePastRounds> } & ReturnType<typeof useNotes>

function PastGroups({ past, notes, learn }: PastProps) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { meeting, selfId, siteId } = useFacts()
  const mayEdit = can(actor, 'minutes:edit', subjectOfMeeting(meeting))
  return past.map((round) => (
    <section key={round.id} className="stack" aria-label={t('breakouts.title')}>
      <h2 className="panel-title">
        {t('breakouts.title')} · <When at={round.openedAt} part="clock" />
      </h2>
      {round.groups.map(({ id, name, agendaItemId }) => {
        const note = notes.get(id) ?? unwritten(round, id)
        const topic = meeting.agenda.find((item) => item.id === agendaItemId)?.title
        const mine = groupOf(round, { id: selfId, siteId }) === id
        return (
          <section key={id} className="group" aria-label={name}>
            <h3>
              {name}
              {topic && <span className="soft small"> {topic}</span>}
            </h3>
            <GroupNote note={note} name={name} mayWrite={mine || mayEdit} mayCite={mayEdit} learn={learn} />
          </section>
        )
      })}
    </section>
  ))
}
