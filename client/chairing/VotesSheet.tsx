import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { RollCallResult } from './RollCallCard.tsx'
import { useRollCalls, useVotes } from './useChairing.ts'
import { VoteResult } from './VoteResult.tsx'

/** On the meeting's page: what was voted, and who answered the roll. Nothing where there was neither. */
export function VotesSheet({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const votes = useVotes(meeting.id).votes.filter(({ result }) => result)
  const rollCalls = useRollCalls(meeting.id).rollCalls.filter(({ endedAt }) => endedAt)
  return (
    <>
      {votes.length > 0 && (
        <Sheet title={t('chairing.vote.past')}>
          <div className="stack stack-wide">
            {votes.map((vote) => (
              <VoteResult key={vote.id} vote={vote} />
            ))}
          </div>
        </Sheet>
      )}
      {rollCalls.length > 0 && (
        <Sheet title={t('chairing.rollCall.past')}>
          {rollCalls.map((rollCall) => (
            <RollCallResult key={rollCall.id} rollCall={rollCall} />
          ))}
        </Sheet>
      )}
    </>
  )
}
