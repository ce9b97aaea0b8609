import { useTranslation } from 'react-i18next'
import type { Theme } from '../../shared/themes.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import { StateTag } from '../ui/StateTag.tsx'
import { themeName } from './themeName.ts'

type Props = { themes: readonly Theme[]; loose: number; chosenId: string | null; onChoose: (id: string | null) => void }

/** The themes, the hottest first, and what is in none. */
export function ThemeList({ themes, loose, chosenId, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('themes.list')}>
      <ul className="plain-list sheet themes-list">
        {themes.map((theme) => (
          <li key={theme.id}>
            <button type="button" aria-current={theme.id === chosenId ? 'true' : undefined} onClick={() => onChoose(theme.id)}>
              <span className="themes-name">{themeName(theme) || t('themes.unnamed')}</span>
              <Sparkline values={theme.series} label={t('voice.heatNow', { heat: theme.heat.toFixed(1) })} width={72} height={22} />
              <span className="soft small">{t('voice.themeFigures', theme)}</span>
              {theme.kept && <StateTag tone="good">{t('themes.kept')}</StateTag>}
            </button>
          </li>
        ))}
        <li>
          <button type="button" aria-current={chosenId === null ? 'true' : undefined} onClick={() => onChoose(null)}>
            <span className="themes-name">{t('themes.loose')}</span>
            <span className="soft small">{t('themes.count', { count: loose })}</span>
          </button>
        </li>
      </ul>
    </nav>
  )
}
