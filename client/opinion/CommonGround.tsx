import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingOpinion } from '../../shared/opinion.ts'
import { Empty } from '../ui/Empty.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { commonGround, shownOfCommon } from './findings.ts'
import { GroupBars } from './GroupBars.tsx'
import { Numbered } from './Numbered.tsx'

type Props = { opinion: MeetingOpinion; numbers: ReadonlyMap<string, number> }

/** What more than half of every group agree with. */
export function CommonGround({ opinion, numbers }: Props) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const common = commonGround(opinion.suggestions)
  const shown = all ? common : common.slice(0, shownOfCommon)
  return (
    <Sheet title={t('opinion.common.title')} aside={t('opinion.common.count', { count: common.length })}>
      {common.length === 0 ? (
        <Empty>{t('opinion.common.none')}</Empty>
      ) : (
        <ol className="opinion-list">
          {shown.map(({ suggestionId, text, byGroup, agrees, disagrees, passes }) => (
            <li key={suggestionId}>
              <Numbered number={numbers.get(suggestionId)} text={text} />
              <GroupBars shares={byGroup.length > 0 ? byGroup : [{ groupId: 0, agrees, disagrees, passes }]} />
            </li>
          ))}
        </ol>
      )}
      {common.length > shownOfCommon && (
        <Button type="link" onClick={() => setAll(!all)}>
          {all ? t('opinion.fewer') : t('opinion.showAll', { count: common.length })}
        </Button>
      )}
    </Sheet>
  )
}
