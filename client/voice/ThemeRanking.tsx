import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Voice } from '../../shared/voice.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import { CardFacts } from './CardList.tsx'

/** What people talk about, the hottest first, each with what its people want most. */
export function ThemeRanking({ themes, meetingId }: { themes: Voice['themes']; meetingId: string }) {
  const { t } = useTranslation()
  if (themes.length === 0) return <p className="soft">{t('voice.noThemes')}</p>
  return (
    <ol className="voice-themes">
      {themes.map(({ id, name, size, supports, heat, series, best }) => (
        <li key={id}>
          <div className="voice-theme-head">
            <h3>
              <Link to={`/meetings/${meetingId}/voice?tab=themes&theme=${id}`}>{name || t('themes.unnamed')}</Link>
            </h3>
            <span className="soft small">{t('voice.themeFigures', { size, supports })}</span>
            <Sparkline values={series} label={t('voice.heatNow', { heat: heat.toFixed(1) })} />
          </div>
          {best.map((card) => (
            <div key={card.id} className="voice-best">
              <p className="voice-text">{card.text}</p>
              <CardFacts card={{ ...card, theme: null }} />
            </div>
          ))}
        </li>
      ))}
    </ol>
  )
}
