import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeetingOpinion } from '../../shared/opinion.ts'
import { groupLetter } from '../../shared/opinion-rules.ts'
import { useBox } from '../room/useBox.ts'
import { Chart } from '../ui/Chart.tsx'
import { groupFinding } from './findings.ts'
import { mapOption } from './mapOption.ts'
import { useMapWords } from './useMapWords.ts'

const tallest = 480

/** Where people stand to one another, as a map; its finding above, its figures behind. */
export function OpinionMap({ opinion, numbers }: { opinion: MeetingOpinion; numbers: ReadonlyMap<string, number> }) {
  const { t } = useTranslation()
  const words = useMapWords()
  const [ref, { width }] = useBox()
  const height = Math.min(tallest, Math.max(280, Math.round(width * 0.62)))
  const option = useMemo(
    () => mapOption(opinion, { width: Math.max(1, width), height, dark: false, numbers, words }),
    [opinion, width, height, numbers, words],
  )
  return (
    <div ref={ref}>
      <Chart
        title={t(`opinion.finding.${groupFinding(opinion)}`, { placed: opinion.placed, count: opinion.groups.length })}
        option={option}
        height={height}
        table={{
          columns: [t('opinion.table.group'), t('opinion.table.people'), t('opinion.axis.first'), t('opinion.axis.second')],
          rows: opinion.knots.map(({ groupId, people, x, y }) => [groupLetter(groupId), people, x.toFixed(2), y.toFixed(2)]),
        }}
      >
        <p className="small soft opinion-axes">{t('opinion.axis.caption')}</p>
      </Chart>
    </div>
  )
}
