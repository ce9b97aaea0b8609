import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import type { Voice } from '../../shared/voice.ts'
import { Empty } from '../ui/Empty.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { When } from '../ui/When.tsx'
import { AsideSwitch } from './AsideSwitch.tsx'
import { CardList } from './CardList.tsx'
import { CategoryChart, RateChart } from './charts.tsx'
import { Figures } from './Figures.tsx'
import { Shares } from './Shares.tsx'
import { ThemeRanking } from './ThemeRanking.tsx'
import { useVoice } from './useVoice.ts'

/** The chair's picture: how much, about what, what moves people, and what waits for an answer. */
export function Picture({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  return (
    <Loaded of={useVoice(meeting, all)}>
      {(voice) =>
        voice.totals.suggestions === 0 ? (
          <Empty>{t(meeting.status === 'ended' ? 'voice.noneEver' : 'voice.none')}</Empty>
        ) : (
          <>
            <AsideSwitch setAside={voice.setAside} all={all} onChange={setAll} />
            <Whole voice={voice} meeting={meeting} />
          </>
        )
      }
    </Loaded>
  )
}

function Whole({ voice, meeting }: { voice: Voice; meeting: Meeting }) {
  const { t } = useTranslation()
  return (
    <div className="stack stack-wide">
      <Figures totals={voice.totals} />
      <div className="voice-pair">
        <Sheet title={t('voice.themes')} aside={<span className="small">{t('voice.themesHint')}</span>}>
          <ThemeRanking themes={voice.themes} meetingId={meeting.id} />
        </Sheet>
        <div className="stack stack-wide">
          <Sheet title={t('voice.rate.title')}>
            <RateChart voice={voice} />
          </Sheet>
          <Sheet title={t('voice.category.title')}>
            <CategoryChart shares={voice.byCategory} />
          </Sheet>
          <Shares title={t('voice.bySite')} shares={voice.bySite} elsewhere={t('voice.noSite')} />
          <Shares title={t('voice.byRegion')} shares={voice.byRegion} elsewhere={t('voice.noRegion')} />
        </div>
      </div>
      <div className="voice-lists">
        <CardList kind="hot" cards={voice.hot} />
        {voice.results && <CardList kind="contested" cards={voice.contested} />}
        {voice.results && <CardList kind="agreed" cards={voice.agreed} />}
        <CardList kind="unanswered" cards={voice.unanswered} />
        <CardList kind="newest" cards={voice.newest} />
      </div>
      <p className="soft small">
        {t('voice.readAt')} <When at={voice.at} part="clock" />
        {' · '}
        {t('voice.howCounted')}
        {!voice.results && ` · ${t('voice.voteFirst')}`}
      </p>
    </div>
  )
}
