import { useTranslation } from 'react-i18next'
import { ChairFacts } from '../chairing/ChairFacts.tsx'
import { useFacts } from '../media/RoomContext.tsx'
import { RecordingMark } from '../recording/RecordingMark.tsx'
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import { useServerClock } from './useServerClock.ts'

export function RoomTopBar() {
  const { t } = useTranslation()
  const { meeting, participants, clockOffsetMs } = useFacts()
  const now = useServerClock(clockOffsetMs)
  const place = meeting.agenda.findIndex((item) => item.id === meeting.currentAgendaItemId)
  const present = [...participants.values()].filter((participant) => participant.present)
  const sites = new Set(present.flatMap(({ siteId }) => siteId ?? []))
  return (
    <header className="room-top">
      <div className="room-top-words">
        <h1>{meeting.title}</h1>
        <p>
          {place < 0 ? (
            t('room.noAgenda')
          ) : (
            <>
              <span className="room-top-place">{t('room.agendaPlace', { place: place + 1, count: meeting.agenda.length })}</span>
              {meeting.agenda[place]?.title}
            </>
          )}
        </p>
      </div>
      <div className="room-top-facts">
        <StateTag tone="live">
          <When at={now.toISOString()} part="clock" />
        </StateTag>
        <RecordingMark meetingId={meeting.id} />
        <span>{t('room.sitesCount', { present: sites.size, count: meeting.sites.length })}</span>
        <span>{t('room.presentCount', { present: present.length, count: participants.size })}</span>
        <ChairFacts />
        <LanguageSwitch />
      </div>
    </header>
  )
}
