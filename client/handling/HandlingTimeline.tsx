import { Timeline } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Recommendation } from '../../shared/recommendations.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { When } from '../ui/When.tsx'
import { eventsOf, type HandlingEvent } from './events.ts'
import './handling.css'

/** What became of a recommendation, department by department, as one timeline. */
export function HandlingTimeline({ recommendation }: { recommendation: Recommendation }) {
  const { t } = useTranslation()
  const events = eventsOf(recommendation)
  return (
    <Sheet title={t('handling.timeline')}>
      {events.length === 0 ? (
        <p className="soft">{t('handling.timelineEmpty')}</p>
      ) : (
        <Timeline
          className="handling-timeline"
          items={events.map((event) => ({ key: event.key, color: 'var(--primary)', content: <Event event={event} /> }))}
        />
      )}
    </Sheet>
  )
}

function Event({ event: { word, department, at, byName, reason, proposed, reply } }: { event: HandlingEvent }) {
  const { t } = useTranslation()
  return (
    <>
      <div className="row row-wide">
        <strong>{t(`recommendations.step.${word}`)}</strong>
        <span>{department}</span>
        {reply && <span className="soft">{t('handling.version', { version: reply.version })}</span>}
      </div>
      <div className="row row-wide soft small">
        <When at={at} />
        {byName && <span>{byName}</span>}
      </div>
      {reason && <div className="pre">{reason}</div>}
      {proposed && <div>{t('recommendations.proposed', { name: proposed })}</div>}
    </>
  )
}
