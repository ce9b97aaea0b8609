import { FlagFilled } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { type FlagKind, flagKinds } from '../../shared/guard.ts'
import './guard.css'

const isKnown = (flag: string): flag is FlagKind => flagKinds.some((kind) => kind === flag)

/** Why a suggestion deserves a look, for moderators. It accuses nobody. */
export function FlagTags({ flags = [] }: { flags?: readonly string[] | undefined }) {
  const { t } = useTranslation()
  const known = flags.filter(isKnown)
  if (known.length === 0) return null
  return (
    <ul className="flags" aria-label={t('guard.flagged')}>
      {known.map((flag) => (
        <li key={flag} className="state state-warn">
          <FlagFilled aria-hidden /> {t(`guard.flag.${flag}`)}
        </li>
      ))}
    </ul>
  )
}
