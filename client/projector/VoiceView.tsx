import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Meeting } from '../../shared/meetings.ts'
import type { Voice } from '../../shared/voice.ts'
import { useVoice } from '../voice/useVoice.ts'
import './voice-view.css'

/** What people say, for a hall to read from ten metres: the most supported suggestions, how many take part, what it is about. */
export function VoiceView({ meeting, children }: { meeting: Meeting; children: ReactNode }) {
  const { t } = useTranslation()
  const { data: voice } = useVoice(meeting)
  if (!voice) return <main className="voice-view" aria-label={t('voice.screen.title')} />
  const { people, suggestions, supports } = voice.totals
  const most = Math.max(1, ...voice.top.map((card) => card.supports))
  return (
    <main className="voice-view">
      <section className="voice-view-top" aria-label={t('voice.screen.title')}>
        <h2>{t('voice.screen.title')}</h2>
        {voice.top.length === 0 && <p className="voice-view-none">{t('voice.screen.none')}</p>}
        <ol>
          {voice.top.map(({ id, text, supports: count }) => (
            <li key={id}>
              <p>{text}</p>
              <span className="voice-view-bar" aria-hidden="true">
                <span style={{ width: `${(100 * count) / most}%` }} />
              </span>
              <b>{t('voice.supporters', { count })}</b>
            </li>
          ))}
        </ol>
      </section>
      <aside className="voice-view-side">
        <p className="voice-view-counts">
          <b>{t('voice.screen.people', { count: people })}</b>
          <span>{t('voice.screen.suggestions', { count: suggestions })}</span>
          <span>{t('voice.screen.supports', { count: supports })}</span>
        </p>
        <Themes themes={voice.wallThemes} />
        {children}
      </aside>
    </main>
  )
}

function Themes({ themes }: { themes: Voice['wallThemes'] }) {
  const { t } = useTranslation()
  if (themes.length === 0) return null
  return (
    <section aria-label={t('voice.screen.themes')}>
      <h2>{t('voice.screen.themes')}</h2>
      <ul>
        {themes.map(({ id, name, size }) => (
          <li key={id}>
            <span>{name}</span> <b>{size}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}
