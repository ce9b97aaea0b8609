import { DownloadOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { type AttendanceRow, attendanceFilePath } from '../../shared/chairing.ts'
import type { Meeting } from '../../shared/meetings.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { type Column, DataTable } from '../ui/DataTable.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { When } from '../ui/When.tsx'

/** The register of those present: who, at which site, from when to when. */
export function PresenceSheet({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { data } = useQueryOf('attendance', { meetingId: meeting.id }, meeting.status === 'live' ? { refetchInterval: 15_000 } : {})
  if (!data) return null
  const place = ({ siteName }: AttendanceRow) => {
    const index = meeting.sites.findIndex((site) => site.name === siteName)
    return index < 0 ? meeting.sites.length : index
  }
  const rows = data.toSorted((one, other) => place(one) - place(other) || one.name.localeCompare(other.name))
  const columns: Column<AttendanceRow>[] = [
    {
      key: 'name',
      title: t('chairing.presence.name'),
      draw: ({ name, role, voter }) => (
        <>
          {name}
          <div className="soft small">{[t(`common.role.${role}`), voter && t('chairing.presence.voter')].filter(Boolean).join(' · ')}</div>
        </>
      ),
    },
    {
      key: 'site',
      title: t('chairing.presence.place'),
      draw: ({ siteName, regionPath }) => (
        <>
          {siteName ?? t('room.people.noSite')}
          <div className="soft small">{regionName(regionPath)}</div>
        </>
      ),
    },
    {
      key: 'spans',
      title: t('chairing.presence.spans'),
      draw: ({ spans }) =>
        spans.map(({ from, to }) => (
          <div key={from}>
            <When at={from} part="clock" />–{to ? <When at={to} part="clock" /> : t('chairing.presence.now')}
          </div>
        )),
    },
    {
      key: 'total',
      title: t('chairing.presence.total'),
      align: 'right',
      draw: ({ seconds }) => t('chairing.presence.minutes', { count: Math.round(seconds / 60) }),
    },
  ]
  return (
    <Sheet
      title={t('chairing.presence.title')}
      aside={
        <a href={attendanceFilePath(meeting.id)} download>
          <DownloadOutlined aria-hidden /> {t('chairing.presence.download')}
        </a>
      }
    >
      {rows.length === 0 ? (
        <p className="soft">{t('chairing.presence.nobody')}</p>
      ) : (
        <DataTable
          label={t('chairing.presence.title')}
          columns={columns}
          rows={rows}
          keyOf={({ participantId }) => participantId}
          minWidth={520}
        />
      )}
    </Sheet>
  )
}
