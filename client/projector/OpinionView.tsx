import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { commonGround, groupFinding, percent } from '../opinion/findings.ts'
import { GroupMark } from '../opinion/GroupMark.tsx'
import { mapOption } from '../opinion/mapOption.ts'
import { useMapWords } from '../opinion/useMapWords.ts'
import { useOpinion } from '../opinion/useOpinion.ts'
import { useBox } from '../room/useBox.ts'
import { ChartBox } from '../ui/ChartBox.tsx'
import './opinion-view.css'

/** As many as can be read from ten metres. */
const shown = 3
const nothing: ReadonlyMap<string, number> = new Map()

/** What people think, for a hall: the map of the groups, and what all of them agree on. */
export function OpinionView({ meetingId }: { meetingId: string }) {
  const { t } = useTranslation()
  const words = useMapWords()
  const { data: opinion } = useOpinion(meetingId)
  const [ref, { width, height }] = useBox()
  const option = useMemo(
    () => opinion && width > 0 && mapOption(opinion, { width, height, dark: true, numbers: nothing, words }),
    [opinion, width, height, words],
  )
  if (!opinion) return <div />
  const common = commonGround(opinion.suggestions.filter(({ toBeLookedAt }) => !toBeLookedAt))
  const finding = groupFinding(opinion)
  return (
    <main className="projector-opinion" data-testid="projector-opinion" aria-label={t('opinion.title')}>
      <div className="projector-map">
        <h2>{t(`opinion.finding.${finding}`, { placed: opinion.placed, count: opinion.groups.length })}</h2>
        <div ref={ref} className="projector-map-box">
          {option && opinion.placed > 0 ? (
            <ChartBox option={option} height="100%" />
          ) : (
            opinion.placed === 0 && <p className="projector-empty">{t('opinion.screen.waiting')}</p>
          )}
        </div>
        <ul className="projector-sizes">
          {opinion.groups.map(({ id, size }) => (
            <li key={id}>
              <GroupMark groupId={id} dark /> {words.people(size)}
            </li>
          ))}
          <li className="projector-soft">{t('opinion.screen.figures', { voters: opinion.voters, placed: opinion.placed })}</li>
        </ul>
      </div>
      <div className="projector-common">
        <h2>{t('opinion.screen.common')}</h2>
        {common.length === 0 && <p className="projector-soft">{t('opinion.screen.none')}</p>}
        <ol>
          {common.slice(0, shown).map(({ suggestionId, text, byGroup }) => (
            <li key={suggestionId}>
              <p>{text}</p>
              <span className="projector-shares">
                {byGroup.map(({ groupId, agrees, disagrees, passes }) => (
                  <span key={groupId}>
                    <GroupMark groupId={groupId} dark /> {percent(agrees, agrees + disagrees + passes)}%
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ol>
        {common.length > shown && <p className="projector-soft">{t('opinion.screen.alsoCommon', { count: common.length - shown })}</p>}
      </div>
    </main>
  )
}
