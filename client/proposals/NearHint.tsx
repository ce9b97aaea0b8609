import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Near } from '../../shared/proposals.ts'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { useSettled } from '../ui/useSettled.ts'

type Props = { meetingId: string; title: string; suggestionIds: readonly string[]; exceptId: string }

/** A title shorter than this resembles everything. */
const shortest = 4
/** As many ids as an address can hold with all else. */
const mostIds = 50

/** Earlier ones that may ask for the same; nothing when there are none. */
export function NearHint({ meetingId, title, suggestionIds, exceptId }: Props) {
  const { t } = useTranslation()
  const sought = useSettled(title.trim())
  const ids = suggestionIds.slice(0, mostIds).join(',')
  const enabled = sought.length >= shortest
  const { data = [] } = useQueryOf('near-recommendations', { meetingId, title: sought, suggestionIds: ids, exceptId }, { enabled })
  if (!enabled || data.length === 0) return null
  return (
    <Alert
      className="near-hint"
      type="info"
      showIcon
      role="status"
      title={t('proposals.near')}
      description={
        <ul className="rule-list">
          {data.map((near) => (
            <NearLine key={near.id} near={near} />
          ))}
        </ul>
      }
    />
  )
}

function NearLine({ near: { id, number, title, meetingTitle, sharedSuggestions } }: { near: Near }) {
  const { t } = useTranslation()
  return (
    <li>
      <Link to={number === null ? `/recommendations/proposals/${id}` : `/recommendations/${id}`} target="_blank">
        {number ?? t('proposals.underReview')} {title}
      </Link>
      <div className="soft small">
        {meetingTitle}
        {sharedSuggestions > 0 && ` · ${t('proposals.shares', { count: sharedSuggestions })}`}
      </div>
    </li>
  )
}
