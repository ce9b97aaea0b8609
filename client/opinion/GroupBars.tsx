import { useTranslation } from 'react-i18next'
import { percent } from './findings.ts'
import { GroupMark } from './GroupMark.tsx'

type Share = { groupId: number; agrees: number; disagrees: number; passes: number }

/** What each group says to a suggestion: a bar to compare by, and the figures it is drawn from. */
export function GroupBars({ shares }: { shares: readonly Share[] }) {
  const { t } = useTranslation()
  return (
    <ul className="group-bars">
      {shares.map(({ groupId, agrees, disagrees, passes }) => {
        const votes = agrees + disagrees + passes
        return (
          <li key={groupId}>
            <GroupMark groupId={groupId} />
            <span className="stance-bar" aria-hidden="true">
              <span className="stance-agree" style={{ width: `${percent(agrees, votes)}%` }} />
              <span className="stance-disagree" style={{ width: `${percent(disagrees, votes)}%` }} />
            </span>
            <span className="small">
              {votes === 0 ? t('opinion.noVotes') : t('opinion.shares', { agrees, disagrees, passes, share: percent(agrees, votes) })}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
