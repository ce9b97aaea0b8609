/** @jsxImportSource preact */
import type { WayIn } from '../../../shared/stations.ts'
import { momentOf } from '../dates.ts'
import { usePhone } from '../preferences.tsx'

type Meeting = WayIn['others'][number]

const groups = ['live', 'scheduled', 'ended'] as const

/** The meetings that a station's region co-hosts, beside the one that is shown. */
export function OtherMeetings({ meetings }: { meetings: Meeting[] }) {
  const { t } = usePhone()
  return (
    <>
      {groups.map((status) => {
        const own = meetings.filter((meeting) => meeting.status === status)
        if (own.length === 0) return null
        return (
          <section key={status} aria-labelledby={`station-${status}`}>
            <h2 id={`station-${status}`} class="section-title">
              {t(`station.${status}`)}
            </h2>
            <ul class="plain">
              {own.map((meeting) => (
                <li key={meeting.id} class="card">
                  <MeetingLink meeting={meeting} />
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}

function MeetingLink({ meeting }: { meeting: Meeting }) {
  const { t, language } = usePhone()
  return (
    <>
      <a class="meeting-link" href={`/s/${meeting.code}`}>
        {meeting.title}
      </a>
      <p class="soft small">{t('station.at', { date: momentOf(meeting.startsAt, language) })}</p>
    </>
  )
}
