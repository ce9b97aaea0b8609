import { useTranslation } from 'react-i18next'
import { depth, type Rung, rungs, worseOf } from '../../shared/ladder.ts'
import { useFacts } from './RoomContext.tsx'
import { standingOf } from './view.ts'

/** How somebody's line is: bars and a word. Said only of a weak line, unless `always`. */
export function LineMark({ participantId, always = false }: { participantId: string; always?: boolean }) {
  const { t } = useTranslation()
  const { down, up } = standingOf(useFacts(), participantId)
  const rung = worseOf(down, up)
  if (rung === 'full' && !always) return null
  const words = t('media.line.both', { down: t(`media.line.${down}`), up: t(`media.line.${up}`) })
  return (
    <span className={`line line-${rung}`} title={words} data-testid={`line-${participantId}`} data-down={down} data-up={up}>
      <Bars rung={rung} />
      <span className={rung === 'full' ? 'visually-hidden' : 'line-word'}>{t(`media.line.${rung}`)}</span>
    </span>
  )
}

/** As many bars as there are rungs above the last: none of them is filled when only voices get through. */
function Bars({ rung }: { rung: Rung }) {
  const filled = rungs.length - 1 - depth(rung)
  return (
    <svg className="line-bars" viewBox="0 0 16 12" width="16" height="12" aria-hidden>
      {rungs.slice(1).map((name, index) => (
        <rect key={name} x={index * 4} y={9 - index * 3} width="3" height={3 + index * 3} opacity={index < filled ? 1 : 0.3} />
      ))}
    </svg>
  )
}
