import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { PastRecommendation } from '../../shared/ledger.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { useQueryOf } from '../transport/useQueryOf.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { When } from '../ui/When.tsx'
import './ledger.css'

/** A recommendation of an earlier year, as it was entered. */
export function PastPage() {
  const { pastId = '' } = useParams()
  return <Loaded of={useQueryOf('past-recommendation', { pastId })}>{(past) => <Past past={past} />}</Loaded>
}

function Past({ past }: { past: PastRecommendation }) {
  const { t } = useTranslation()
  const { number, title, body, meetingTitle, proposer, departments, regionPath, recommendedOn, repliedOn, grade, reply } = past
  const said = [number, regionName(regionPath), meetingTitle, proposer, departments].filter(Boolean)
  return (
    <section className="page page-narrow">
      <PageHead
        title={title}
        windowTitle={`${number} ${title}`}
        sub={
          <div className="row row-wide soft page-under">
            <StateTag tone="plain">{t('ledger.past')}</StateTag>
            {said.map((words) => (
              <span key={words}>{words}</span>
            ))}
            <Day of={recommendedOn} />
          </div>
        }
      />
      <div className="stack stack-wide">
        <Sheet title={t('ledger.pastText')}>
          <div className="pre">{body || <span className="soft">{t('ledger.pastNoText')}</span>}</div>
        </Sheet>
        <Sheet title={t('ledger.pastReply')} aside={repliedOn && <Day of={repliedOn} />}>
          {grade && <p>{t(`recommendations.grade.${grade}`)}</p>}
          <div className="pre">{reply || <span className="soft">{t('ledger.pastNoReply')}</span>}</div>
        </Sheet>
        <p className="soft small">
          {t('ledger.pastImported', { name: past.importedBy })} · <When at={past.importedAt} />
        </p>
      </div>
    </section>
  )
}

/** A day without a time, the same wherever it is read. */
const Day = ({ of }: { of: string }) => <When at={`${of}T04:00:00.000Z`} part="day" />
