import { useTranslation } from 'react-i18next'
import type { StanceCounts } from '../../shared/stances.ts'

const sides = ['agrees', 'disagrees', 'passes'] as const

/** How many agree, disagree and pass: as numbers with words, and as lengths. */
export function StanceBar({ counts }: { counts: StanceCounts | undefined }) {
  const { t } = useTranslation()
  if (!counts || counts.agrees + counts.disagrees + counts.passes === 0) return null
  return (
    <div className="stances">
      <div className="stance-bar" aria-hidden>
        {sides.map((side) => counts[side] > 0 && <span key={side} className={`stance-${side}`} style={{ flexGrow: counts[side] }} />)}
      </div>
      <p className="small">{t('suggestions.stances', { ...counts })}</p>
    </div>
  )
}
