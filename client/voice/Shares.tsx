import { useTranslation } from 'react-i18next'
import type { VoiceShare } from '../../shared/voice.ts'
import { regionName } from '../regions/RegionPath.tsx'
import { Sheet } from '../ui/Sheet.tsx'

/** From where voices come: a name, how many, and a bar to compare them by. */
export function Shares({ title, shares, elsewhere }: { title: string; shares: readonly VoiceShare[]; elsewhere: string }) {
  const { t } = useTranslation()
  if (shares.every(({ key }) => key === '')) return null
  const most = Math.max(1, ...shares.map(({ suggestions }) => suggestions))
  return (
    <Sheet title={title}>
      <ul className="voice-shares">
        {shares.map(({ key, name, suggestions, supports }) => (
          <li key={key}>
            <span className="grow">{key === '' ? elsewhere : regionName(name.slice(-2))}</span>
            <span className="share-bar" aria-hidden="true">
              <span style={{ width: `${(100 * suggestions) / most}%` }} />
            </span>
            <span className="small">{t('voice.shareFigures', { suggestions, supports })}</span>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
