import { useTranslation } from 'react-i18next'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { LinkButton } from '../ui/LinkButton.tsx'
import { QrCode } from '../ui/QrCode.tsx'
import { Sheet } from '../ui/Sheet.tsx'

/** How citizens take part: the code to scan, the link to type, and how much has come in. */
export function PeoplesWayIn({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const address = `${location.origin}/s/${meeting.code}`
  return (
    <Sheet title={t('meetings.wayIn')}>
      <div className="way-in">
        <QrCode text={address} label={t('meetings.qrCode')} />
        <div className="stack">
          <span>{t('meetings.wayInText')}</span>
          <a className="short-link" href={`/s/${meeting.code}`}>
            /s/{meeting.code}
          </a>
          <span>
            <CopyButton text={address} label={t('meetings.copyShortLink')} />
          </span>
          <span>
            <LinkButton to={`/meetings/${meeting.id}/posters`}>{t('posters.posters')}</LinkButton>
          </span>
        </div>
      </div>
      <SuggestionCount meeting={meeting} />
    </Sheet>
  )
}

function SuggestionCount({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { data } = useQueryOf('suggestions', { meetingId: meeting.id, limit: 500 }, { refetchInterval: 30_000 })
  if (!data) return null
  const readsAll = can(actor, 'suggestion:read-all', subjectOfMeeting(meeting))
  const pending = data.filter(({ status }) => status === 'pending').length
  const counted = data.length < 500 ? String(data.length) : '500+'
  return (
    <p className="way-in-count">
      {readsAll ? t('meetings.suggestionCount', { count: counted }) : t('meetings.publicSuggestionCount', { count: counted })}
      {readsAll && pending > 0 && ` ${t('meetings.pendingCount', { count: pending })}`}
    </p>
  )
}
