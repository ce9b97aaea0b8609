import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Meeting } from '../../shared/meetings.ts'
import { StanceCard } from '../suggestions/StanceCard.tsx'
import { useNextCard } from '../suggestions/useNextCard.ts'
import { Notice } from '../ui/Notice.tsx'
import '../suggestions/suggestions.css'

/** What others think is no secret, but nobody sees it before they have said some of what they think themselves: here, at once. */
export function VoteFirst({ meeting, onOpen }: { meeting: Meeting; onOpen: () => void }) {
  const { t } = useTranslation()
  const next = useNextCard(meeting, true)
  const { isLoaded, isOpen, total } = next
  useEffect(() => {
    if (isOpen) onOpen()
  }, [isOpen, onOpen])
  return (
    <Notice title={t('opinion.first.title')} text={t(isLoaded && total === 0 ? 'opinion.first.none' : 'opinion.first.text')}>
      <div className="stack opinion-first">
        <StanceCard next={next} />
        <Link to={`/meetings/${meeting.id}`}>{meeting.title}</Link>
      </div>
    </Notice>
  )
}
