import { useTranslation } from 'react-i18next'
import { useLanguage } from '../i18n/useLanguage.ts'
import { ListSkeleton } from '../ui/ListSkeleton.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { CameBack } from './CameBack.tsx'
import { MeetingSection } from './MeetingSection.tsx'
import { useMeetingsByStatus } from './useMeetingsByStatus.ts'

const recentlyEnded = 10

/** What anybody may see: what is being consulted on, what is to come, what has been. */
export function PublicHome() {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const meetings = useMeetingsByStatus()
  return (
    <section className="page">
      <PageHead title={t('home.publicTitle')} sub={<span className="soft">{t('home.publicIntro')}</span>} />
      <div className="home-outcomes">
        {/* The server's own page, without script: a link, not a route. */}
        <a href={`/public?lang=${language}`}>{t('home.outcomes')}</a>
      </div>
      <Loaded of={meetings} skeleton={<ListSkeleton />}>
        {({ live, scheduled, ended }) => (
          <div className="stack stack-wide">
            <MeetingSection title={t('home.live')} meetings={live} empty={t('home.noLive')} />
            <CameBack />
            <MeetingSection title={t('home.upcoming')} meetings={scheduled} empty={t('home.noUpcoming')} />
            <MeetingSection title={t('home.ended')} meetings={ended.slice(0, recentlyEnded)} />
          </div>
        )}
      </Loaded>
    </section>
  )
}
