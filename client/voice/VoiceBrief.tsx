import { useTranslation } from 'react-i18next'
import { type Meeting, subjectOfMeeting } from '../../shared/meetings.ts'
import { can } from '../../shared/policy.ts'
import { useMe } from '../identity/MeContext.tsx'
import { ViewButton } from '../stage/ViewButton.tsx'
import { Sparkline } from '../ui/Sparkline.tsx'
import { rateFinding } from './findings.ts'
import { useVoice } from './useVoice.ts'
import './brief.css'

const themesShown = 3

/** The picture's first lines, for the chair's side within the room; the whole is a page of its own. */
export function VoiceBrief({ meeting }: { meeting: Meeting }) {
  const { actor } = useMe()
  return can(actor, 'room:chair', subjectOfMeeting(meeting)) ? <Brief meeting={meeting} /> : null
}

function Brief({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const { data: voice } = useVoice(meeting)
  if (!voice || voice.totals.suggestions === 0) return null
  const { trend, now, difference } = rateFinding(voice.perMinute)
  return (
    <section className="voice-brief" aria-label={t('voice.brief')}>
      <p>
        <b>{t('voice.screen.people', { count: voice.totals.people })}</b> ·{' '}
        {t('voice.screen.suggestions', { count: voice.totals.suggestions })} ·{' '}
        {t('voice.briefUnanswered', { count: voice.totals.unanswered })}
      </p>
      <p className="soft small">{t(`voice.rate.${trend}`, { count: now, difference })}</p>
      <ol>
        {voice.themes.slice(0, themesShown).map(({ id, name, size, heat, series }) => (
          <li key={id}>
            <span className="grow">{name || t('themes.unnamed')}</span>
            <span className="soft small">{t('themes.count', { count: size })}</span>
            <Sparkline values={series} label={t('voice.heatNow', { heat: heat.toFixed(1) })} width={64} height={20} />
          </li>
        ))}
      </ol>
      <div className="row">
        <ViewButton meeting={meeting} view="voice" words={{ show: t('voice.screen.show'), hide: t('voice.screen.hide') }} size="small" />
        {/* In a window of its own: whoever leaves this one leaves the room. */}
        <a href={`/meetings/${meeting.id}/voice`} target="_blank" rel="noreferrer">
          {t('voice.openWhole')}
        </a>
      </div>
    </section>
  )
}
