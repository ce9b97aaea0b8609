import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import type { Recommendation } from '../../shared/recommendations.ts'
import { ConversationSheet } from '../conversations/ConversationSheet.tsx'
import { HandlingTimeline } from '../handling/HandlingTimeline.tsx'
import { HandlingByRegion } from '../handling/RegionHandling.tsx'
import { useWatch } from '../meetings/useMeeting.ts'
import { HowItCameAbout, OtherSources } from '../proposals/OfRecommendation.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { When } from '../ui/When.tsx'
import { IssueForm } from './IssueForm.tsx'
import { PublicityCard } from './PublicityCard.tsx'
import { Sources } from './Sources.tsx'
import { useRecommendation } from './useRecommendation.ts'
import './recommendations.css'

export function RecommendationPage() {
  const { recommendationId = '' } = useParams()
  return <Loaded of={useRecommendation(recommendationId)}>{(recommendation) => <Detail recommendation={recommendation} />}</Loaded>
}

function Detail({ recommendation }: { recommendation: Recommendation }) {
  const { t } = useTranslation()
  const { meetingId, meetingTitle, number, title, body, createdAt, proposers } = recommendation
  useWatch(meetingId)
  return (
    <section className="page">
      <PageHead
        title={title}
        windowTitle={`${number} ${title}`}
        sub={<Under number={number} meetingId={meetingId} meetingTitle={meetingTitle} createdAt={createdAt} proposers={proposers} />}
      />
      <div className="columns">
        <div className="stack stack-wide">
          <Sheet title={t('recommendations.text')}>
            <div className="pre">{body}</div>
          </Sheet>
          <HandlingByRegion recommendation={recommendation} />
          <IssueForm recommendation={recommendation} />
          <ConversationSheet recommendation={recommendation} />
          <HandlingTimeline recommendation={recommendation} />
          <HowItCameAbout recommendationId={recommendation.id} />
        </div>
        <div className="stack stack-wide">
          <Sources recommendation={recommendation} />
          <OtherSources recommendationId={recommendation.id} />
          <PublicityCard recommendation={recommendation} />
        </div>
      </div>
    </section>
  )
}

function Under({
  number,
  meetingId,
  meetingTitle,
  createdAt,
  proposers,
}: Pick<Recommendation, 'number' | 'meetingId' | 'meetingTitle' | 'createdAt' | 'proposers'>) {
  const { t } = useTranslation()
  return (
    <div className="row row-wide soft page-under">
      <span>{number}</span>
      <Link to={`/meetings/${meetingId}`}>{meetingTitle}</Link>
      <When at={createdAt} />
      {proposers.length > 0 && <span>{t('proposals.by', { name: proposers.map(({ name }) => name).join(t('proposals.comma')) })}</span>}
    </div>
  )
}
