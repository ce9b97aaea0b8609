import { FlagFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { type FlagKind, flagKinds } from '../../shared/guard.ts'
import './guard.css'

const isKnown = (flag: string): flag is FlagKind => flagKinds.some((kind) => kind === flag)

/** Why a suggestion deserves a look, for moderators, and whether one of them has looked. It accuses nobody. */
export function FlagTags({ flags = [], kept = false }: { flags?: readonly string[] | undefined; kept?: boolean | undefined }) {
  const { t } = useTranslation()
  const known = flags.filter(isKnown)
  if (known.length === 0) return null
  return (
    <ul className="flags" aria-label={t('guard.flagged')}>
      {known.map((flag) => (
        <li key={flag} className={`state state-${kept ? 'plain' : 'warn'}`}>
          <FlagFilled aria-hidden /> {t(`guard.flag.${flag}`)}
        </li>
      ))}
      {kept && <li className="state state-good">{t('guard.kept')}</li>}
    </ul>
  )
}
