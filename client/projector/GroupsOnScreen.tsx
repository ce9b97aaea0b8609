import { useTranslation } from 'react-i18next'
import { Countdown } from '../breakouts/Countdown.tsx'
import type { Round } from '../breakouts/useRound.ts'
import { useFacts } from '../media/RoomContext.tsx'
import '../breakouts/breakouts.css'

/** For the top of a hall's screen: the hall's own group and its time, and what the chair tells all. */
export function GroupOnScreen({ round: { mine, endsAt, announcement } }: { round: Round }) {
  const { t } = useTranslation()
  return (
    <div className="projector-group" role="status">
      <b>{mine ? t('breakouts.screen.group', { group: mine.name }) : t('breakouts.screen.title')}</b>
      <Countdown endsAt={endsAt} />
      {announcement && <span className="projector-told">{announcement.text}</span>}
    </div>
  )
}

/** In place of a picture where the hall is in no group: which groups meet, and on what. */
export function GroupsMeeting({ round: { groups, peopleIn, endsAt } }: { round: Round }) {
  const { t } = useTranslation()
  const { meeting } = useFacts()
  return (
    <section className="projector-groups" aria-label={t('breakouts.screen.title')}>
      <h2>{t('breakouts.screen.title')}</h2>
      <p>
        <Countdown endsAt={endsAt} />
      </p>
      <ul>
        {groups.map(({ id, name, agendaItemId }) => (
          <li key={id}>
            <b>{name}</b>
            <span>{meeting.agenda.find((item) => item.id === agendaItemId)?.title}</span>
            <span className="projector-soft">{t('breakouts.people', { count: peopleIn(id).length })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
