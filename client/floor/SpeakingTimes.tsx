import { InputNumber } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { type SpeakingTimes as Times, withRunning } from '../../shared/speaking-times.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useFacts } from '../media/RoomContext.tsx'
import { useServerClock } from '../room/useServerClock.ts'
import { useCommand } from '../transport/useCommand.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { FailureNote } from '../ui/FailureNote.tsx'
import { formatLength } from './lengths.ts'

/** How the time has been shared out so far, with the speech in progress running on. */
export function SpeakingTimes() {
  const { t } = useTranslation()
  const { floor, meeting, clockOffsetMs } = useFacts()
  const { data, refetch } = useQueryOf('speaking-times', { meetingId: meeting.id })
  const { version } = floor
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version of the floor is the reason to read again.
  useEffect(() => void refetch(), [version, refetch])
  const now = useServerClock(clockOffsetMs)
  if (!data) return null
  // The list is read again a moment after the speech has ended: until then it would seem to go on.
  const times = floor.current ? withRunning(data, now) : data
  const regions = times.regions.filter(({ code }) => meeting.regions.some((region) => region.code === code))
  return (
    <details className="speaking-times">
      <summary>{t('floor.times.title')}</summary>
      <TimeTable
        caption={t('floor.times.sites')}
        rows={times.sites.map((site) => ({ ...site, id: site.siteId, extra: <Budget site={site} onChanged={() => void refetch()} /> }))}
      />
      <TimeTable caption={t('floor.times.regions')} rows={regions.map((region) => ({ ...region, id: region.code }))} />
      <TimeTable
        caption={t('floor.times.persons')}
        rows={times.persons.map(({ participantId, name, siteName, ...spoken }) => ({
          ...spoken,
          id: participantId,
          name,
          place: siteName,
        }))}
      />
    </details>
  )
}

type Row = { id: string; name: string; place?: string | null; seconds: number; speeches: number; extra?: React.ReactNode }

function TimeTable({ caption, rows }: { caption: string; rows: Row[] }) {
  const { t } = useTranslation()
  return (
    <table className="times-table">
      <caption>{caption}</caption>
      <tbody>
        {rows.map(({ id, name, place, seconds, speeches, extra }) => (
          <tr key={id}>
            <th scope="row">
              {name}
              {place && <span className="soft small"> {place}</span>}
              {extra}
            </th>
            <td>{t('floor.times.speeches', { count: speeches })}</td>
            <td>{formatLength(seconds * 1_000)}</td>
          </tr>
        ))}
        {rows.length === 0 && (
          <tr>
            <td className="soft">{t('floor.noPast')}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

/** What a site has left of its time, and where it is set by those who run the meeting. */
function Budget({ site, onChanged }: { site: Times['sites'][number]; onChanged: () => void }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { meeting } = useFacts()
  const { send, pending, failure } = useCommand('floor:budget')
  const { siteId, name, budgetMinutes, seconds } = site
  const [typed, setTyped] = useState<number | null>(budgetMinutes)
  useEffect(() => setTyped(budgetMinutes), [budgetMinutes])
  const left = budgetMinutes === null ? null : budgetMinutes * 60 - seconds
  async function set() {
    if (typed === budgetMinutes) return
    const result = await send({ meetingId: meeting.id, siteId, minutes: typed })
    if (result.ok) onChanged()
  }
  return (
    <div className="soft small">
      {left !== null && (
        <span className={left < 0 ? 'budget budget-over' : 'budget'}>
          {t(left < 0 ? 'floor.budget.over' : 'floor.budget.left', { budget: budgetMinutes, length: formatLength(Math.abs(left) * 1_000) })}
        </span>
      )}
      {can(actor, 'meeting:run', subjectOfMeeting(meeting)) && (
        <InputNumber
          className="budget-field"
          size="small"
          min={1}
          max={600}
          precision={0}
          value={typed}
          disabled={pending}
          placeholder={t('floor.budget.none')}
          suffix={t('floor.budget.minutes')}
          aria-label={t('floor.budget.of', { site: name })}
          onChange={setTyped}
          onBlur={() => void set()}
          onPressEnter={() => void set()}
        />
      )}
      <FailureNote failure={failure} />
    </div>
  )
}
