import { useTranslation } from 'react-i18next'
import type { MeetingOpinion } from '../../shared/opinion.ts'
import { groupLetter } from '../../shared/opinion-rules.ts'
import { Empty } from '../ui/Empty.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { percent, shownOfMinorities } from './findings.ts'
import { GroupMark } from './GroupMark.tsx'
import { Numbered } from './Numbered.tsx'

type Props = { opinion: MeetingOpinion; numbers: ReadonlyMap<string, number> }

/** What one group holds and most do not: it is not lost in the sum. */
export function Minorities({ opinion: { minorities, suggestions }, numbers }: Props) {
  const { t } = useTranslation()
  const texts = new Map(suggestions.map(({ suggestionId, text }) => [suggestionId, text]))
  const bySuggestion = [...Map.groupBy(minorities, ({ suggestionId }) => suggestionId)]
  return (
    <Sheet title={t('opinion.minority.title')}>
      {minorities.length === 0 ? (
        <Empty>{t('opinion.minority.none')}</Empty>
      ) : (
        <ul className="opinion-list opinion-list-wide">
          {bySuggestion.slice(0, shownOfMinorities).map(([suggestionId, held]) => (
            <li key={suggestionId}>
              <Numbered number={numbers.get(suggestionId)} text={texts.get(suggestionId) ?? ''} />
              {held.map(({ groupId, agrees, votes, restAgrees, restVotes }) => (
                <p key={groupId} className="small soft opinion-holds">
                  <GroupMark groupId={groupId} />
                  <span>
                    {t('opinion.minority.figures', {
                      letter: groupLetter(groupId),
                      agrees,
                      votes,
                      share: percent(agrees, votes),
                      restShare: percent(restAgrees, restVotes),
                    })}
                  </span>
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
      {bySuggestion.length > shownOfMinorities && (
        <p className="small soft">{t('opinion.minority.more', { count: bySuggestion.length })}</p>
      )}
    </Sheet>
  )
}
