import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { StateTag } from '../ui/StateTag.tsx'

export function Agenda({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const total = meeting.agenda.reduce((sum, item) => sum + item.minutes, 0)
  return (
    <Sheet title={t('meetings.agenda')} aside={t('meetings.totalMinutes', { count: total })}>
      <ol className="agenda">
        {meeting.agenda.map((item) => {
          const now = meeting.status === 'live' && item.id === meeting.currentAgendaItemId
          return (
            <li key={item.id} className={now ? 'agenda-now' : undefined} aria-current={now ? 'step' : undefined}>
              <span className="grow">{item.title}</span>
              {now && <StateTag tone="live">{t('meetings.now')}</StateTag>}
              <span className="soft">{t('common.minutes', { count: item.minutes })}</span>
            </li>
          )
        })}
      </ol>
    </Sheet>
  )
}
