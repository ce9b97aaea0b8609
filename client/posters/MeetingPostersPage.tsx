import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { Meeting } from '../../shared/meetings.ts'
import { useLanguage } from '../i18n/useLanguage.ts'
import { useMeeting } from '../meetings/useMeeting.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { formatInstant } from '../ui/dates.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { PosterSheets } from './PosterSheets.tsx'

/** A poster of the meeting, and one for each of its sites, whose code says where a suggestion comes from. */
export function MeetingPostersPage() {
  const { meetingId = '' } = useParams()
  return <Loaded of={useMeeting(meetingId)}>{(meeting) => <Posters meeting={meeting} />}</Loaded>
}

function Posters({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const when = formatInstant(meeting.startsAt, language)
  const regions = meeting.regions.map(({ path }) => regionName(path.slice(1)))
  const posters = [
    { code: meeting.code, kind: t('posters.meeting'), title: meeting.title, lines: [...regions, when] },
    ...meeting.sites.map((site) => ({ code: site.code, kind: t('posters.site'), title: meeting.title, lines: [site.name, when] })),
  ]
  return <PosterSheets title={meeting.title} back={`/meetings/${meeting.id}`} posters={posters} />
}
