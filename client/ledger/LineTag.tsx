import { useTranslation } from 'react-i18next'
import type { Colour } from '../../shared/clocks.ts'
import { colourOfLine, type LedgerLine } from '../../shared/ledger.ts'
import { StateTag, type Tone } from '../ui/StateTag.tsx'
import { DaysUntil } from '../ui/When.tsx'
import { useStateName } from './useStateName.ts'

export const tones: Record<Colour, Tone> = { green: 'steady', yellow: 'warn', red: 'late' }

/** Where a line stands, and how its deadline does: shape, colour and words. */
export function LineTag({ line }: { line: LedgerLine }) {
  const { state, paused } = line
  const { t } = useTranslation()
  const status = useStateName()(state)
  if (paused) return <StateTag tone="plain">{t('recommendations.paused', { status })}</StateTag>
  if (state === 'to-issue') return <StateTag tone="next">{status}</StateTag>
  if (state === 'past') return <StateTag tone="plain">{status}</StateTag>
  if (state === 'returned') return <StateTag tone="warn">{status}</StateTag>
  const colour = colourOfLine(line, new Date())
  if (colour === null) return <StateTag tone="good">{status}</StateTag>
  return (
    <StateTag tone={tones[colour]}>
      {status} · {t(`recommendations.colour.${colour}`)}
    </StateTag>
  )
}

/** Within the column of a state only its deadline is news. */
export function ColourTag({ line }: { line: LedgerLine }) {
  const { t } = useTranslation()
  const colour = colourOfLine(line, new Date())
  if (line.paused) return <LineTag line={line} />
  return colour && <StateTag tone={tones[colour]}>{t(`recommendations.colour.${colour}`)}</StateTag>
}

export const LineDue = ({ line: { dueAt } }: { line: LedgerLine }) => (
  <span className="ledger-due soft">{dueAt && <DaysUntil at={dueAt} />}</span>
)

export const pathOf = ({ recommendationId, pastId }: LedgerLine) =>
  recommendationId ? `/recommendations/${recommendationId}` : `/recommendations/past/${pastId}`
