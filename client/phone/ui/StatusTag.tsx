/** @jsxImportSource preact */
import type { Suggestion } from '../../../shared/suggestions.ts'
import { usePhone } from '../preferences.tsx'

const signs: Record<Suggestion['status'], string> = { pending: '○', published: '●', answered: '✓', merged: '→', hidden: '–' }

/** A suggestion's state: a shape and a word, never a colour alone. */
export function StatusTag({ status }: { status: Suggestion['status'] }) {
  const { t } = usePhone()
  return (
    <span class={`tag tag-${status}`}>
      <span aria-hidden="true">{signs[status]}</span> {t(`status.${status}`)}
    </span>
  )
}
