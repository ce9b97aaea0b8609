import { useTranslation } from 'react-i18next'
import { Sheet } from '../ui/Sheet.tsx'
import { PollResult } from './PollCard.tsx'
import { usePolls } from './usePolls.ts'

/** On the meeting's page: what was asked, and how people answered. Nothing where nothing was. */
export function PollsSheet({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation()
  const polls = usePolls(meetingId).polls.filter(({ closedAt }) => closedAt)
  if (polls.length === 0) return null
  return (
    <Sheet title={t('polls.past')}>
      <div className="stack stack-wide">
        {polls.map((poll) => (
          <PollResult key={poll.id} poll={poll} />
        ))}
      </div>
    </Sheet>
  )
}
