import { useTranslation } from 'react-i18next'
import { votesToBePlaced } from '../../shared/opinion-rules.ts'
import { Sheet } from '../ui/Sheet.tsx'

const read = ['point', 'distance', 'group', 'number', 'placed', 'common', 'letter'] as const
const unsaid = ['majority', 'who', 'right', 'axes', 'why', 'edge'] as const

/** How the picture is to be read, and what it does not say. */
export function HowToRead() {
  const { t } = useTranslation()
  return (
    <Sheet title={t('opinion.how.title')}>
      <div className="opinion-how">
        <div>
          <h3>{t('opinion.how.read')}</h3>
          <ul>
            {read.map((key) => (
              <li key={key}>{t(`opinion.how.${key}`, { count: votesToBePlaced })}</li>
            ))}
          </ul>
        </div>
        <div>
          <h3>{t('opinion.how.unsaid')}</h3>
          <ul>
            {unsaid.map((key) => (
              <li key={key}>{t(`opinion.how.${key}`)}</li>
            ))}
          </ul>
        </div>
      </div>
      <p className="small soft">{t('opinion.how.source')}</p>
    </Sheet>
  )
}
