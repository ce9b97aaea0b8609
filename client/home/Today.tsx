import { useTranslation } from 'react-i18next'
import { LookBacksDue } from '../evaluations/LookBacksDue.tsx'
import { ToEvaluate } from '../evaluations/ToEvaluate.tsx'
import { useLanguage } from '../i18n/useLanguage.ts'
import { useMe } from '../identity/MeContext.tsx'
import { mayCreateSomewhere } from '../meetings/mayCreate.ts'
import { TopicsToDecide } from '../topics/TopicsToDecide.tsx'
import { formatInstant } from '../ui/dates.ts'
import { LinkButton } from '../ui/LinkButton.tsx'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { CameBack } from './CameBack.tsx'
import { MeetingSection } from './MeetingSection.tsx'
import { useMeetingsByStatus } from './useMeetingsByStatus.ts'
import { WaitsForMe } from './WaitsForMe.tsx'

const recentlyEnded = 3

/** The first screen of whoever works here: what is live, what waits, what comes. */
export function Today() {
  const { t } = useTranslation()
  const { actor } = useMe()
  const { language } = useLanguage()
  const meetings = useMeetingsByStatus()
  return (
    <section className="page">
      <PageHead
        title={t('home.greeting', { name: actor.name })}
        windowTitle={t('shell.today')}
        sub={<span className="soft">{formatInstant(new Date().toISOString(), language, 'dayOfWeek')}</span>}
      >
        {mayCreateSomewhere(actor) && <LinkButton to="/meetings/new">{t('meetings.new')}</LinkButton>}
      </PageHead>
      <Loaded of={meetings} skeleton={<ListSkeleton />}>
        {({ live, scheduled, ended }) => (
          <div className="stack stack-wide">
            <MeetingSection title={t('home.live')} meetings={live} />
            <WaitsForMe />
            <ToEvaluate />
            <LookBacksDue />
            <CameBack />
            <TopicsToDecide />
            <MeetingSection title={t('home.upcoming')} meetings={scheduled} empty={t('home.noUpcoming')} />
            <MeetingSection title={t('home.ended')} meetings={ended.slice(0, recentlyEnded)} />
          </div>
        )}
      </Loaded>
    </section>
  )
}
