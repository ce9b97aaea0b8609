/** @jsxImportSource preact */
import type { Meeting } from '../../../shared/meetings.ts'
import { momentOf } from '../dates.ts'
import { usePhone } from '../preferences.tsx'

/** Which meeting this is, by which site or station one came, and what is discussed now. */
export function MeetingHead({ meeting, place }: { meeting: Meeting; place: string | undefined }) {
  const { t, language } = usePhone()
  return (
    <section class="card head" aria-labelledby="meeting-title">
      <p class="head-line">
        <span class={`tag tag-${meeting.status}`}>{t(`meeting.${meeting.status}`)}</span>
        {meeting.status === 'scheduled' && <span>{t('meeting.startsAt', { date: momentOf(meeting.startsAt, language) })}</span>}
        {meeting.endedAt && <span>{t('meeting.endedAt', { date: momentOf(meeting.endedAt, language) })}</span>}
      </p>
      <h1 id="meeting-title">{meeting.title}</h1>
      {place && <p class="place">{t('meeting.place', { place })}</p>}
      <ul class="regions" aria-label={t('meeting.regions')}>
        {meeting.regions.map((region) => (
          <li key={region.code}>{region.path.join(' · ')}</li>
        ))}
      </ul>
      <Agenda meeting={meeting} />
    </section>
  )
}

function Agenda({ meeting }: { meeting: Meeting }) {
  const { t } = usePhone()
  const { agenda, currentAgendaItemId } = meeting
  const place = agenda.findIndex((item) => item.id === currentAgendaItemId)
  const current = meeting.status === 'live' ? agenda[place] : undefined
  return (
    <>
      {current && (
        <div class="now">
          <p class="now-place">
            {t('meeting.nowDiscussed')} · {t('meeting.agendaPlace', { n: place + 1, m: agenda.length })}
          </p>
          <p class="now-title">{current.title}</p>
        </div>
      )}
      <details class="agenda">
        <summary>{current ? t('meeting.showAgenda') : t('meeting.agenda', { m: agenda.length })}</summary>
        <ol>
          {agenda.map((item) => (
            <li key={item.id} aria-current={item === current ? 'true' : undefined}>
              <span>{item.title}</span>
              <span class="soft">
                {t('meeting.minutes', { minutes: item.minutes })}
                {item === current && ` · ${t('meeting.nowMark')}`}
              </span>
            </li>
          ))}
        </ol>
      </details>
    </>
  )
}
