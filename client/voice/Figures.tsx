import { useTranslation } from 'react-i18next'
import type { Voice } from '../../shared/voice.ts'

const shown = ['people', 'suggestions', 'supports', 'stances', 'unanswered', 'pending'] as const

/** The numbers that one reads first. */
export function Figures({ totals }: { totals: Voice['totals'] }) {
  const { t } = useTranslation()
  return (
    <dl className="voice-figures">
      {shown.map((name) => (
        <div key={name}>
          <dt>{t(`voice.figure.${name}`)}</dt>
          <dd>{totals[name].toLocaleString('en-US')}</dd>
        </div>
      ))}
    </dl>
  )
}
